import assert from "node:assert/strict";

import { STEP } from "../../../../fleet/labels";
import { stepAnnotations, stepOf } from "../../../../fleet/rollout/step-record";

const RECORD = { from: "v1.35.4 class-a", to: "v1.36.2 class-a", started: "2026-12-01T12:00:00.000Z" };

describe("the record of a step", () => {
  it("is an annotation, the same text whatever the order of its members", () => {
    const { from, to, started } = RECORD;
    assert.deepEqual(stepAnnotations({ started, to, from }), stepAnnotations(RECORD));
    assert.deepEqual(Object.keys(stepAnnotations(RECORD)), [STEP]);
  });

  it("comes back as it was written", () => {
    assert.deepEqual(stepOf(stepAnnotations(RECORD)), RECORD);
    const mending = { ...RECORD, mends: true } as const;
    assert.deepEqual(stepOf(stepAnnotations(mending)), mending);
  });

  it("is no annotation where there was no step", () => {
    assert.deepEqual(stepAnnotations(undefined), {});
    assert.equal(stepOf({}), undefined);
  });

  const others = ["", "{", "null", "[]", "{}", '"v1.36.2"'];
  const changed = [
    { ...RECORD, started: "yesterday" },
    { ...RECORD, to: 1 },
    { ...RECORD, by: "me" },
    { ...RECORD, mends: false },
  ];
  for (const text of [...others, ...changed.map((each) => JSON.stringify(each))]) {
    it(`is none in ${text || "an empty text"}`, () => {
      assert.equal(stepOf({ [STEP]: text }), undefined);
    });
  }
});
