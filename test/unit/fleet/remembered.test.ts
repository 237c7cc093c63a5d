import assert from "node:assert/strict";

import { remembered } from "../../../fleet/remembered";

describe("a function that remembers", () => {
  it("finds each answer once, undefined too", () => {
    const asked: string[] = [];
    const find = remembered((name: string) => {
      asked.push(name);
      return name === "b" ? undefined : name.toUpperCase();
    });
    assert.deepEqual(["a", "b", "a", "b"].map(find), ["A", undefined, "A", undefined]);
    assert.deepEqual(asked, ["a", "b"]);
  });

  it("takes those for the same that have the same key", () => {
    const find = remembered(
      ({ name, size }: { readonly name: string; readonly size: number }) => `${name} ${size}`,
      ({ name }) => name,
    );
    assert.deepEqual([find({ name: "a", size: 1 }), find({ name: "a", size: 2 })], ["a 1", "a 1"]);
  });

  it("asks again where there was an error", () => {
    let times = 0;
    const find = remembered((_about: string) => {
      times += 1;
      if (times === 1) throw new Error("not yet");
      return times;
    });
    assert.throws(() => find("a"), /not yet/);
    assert.equal(find("a"), 2);
  });
});
