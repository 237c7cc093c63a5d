import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { LIVE_RULE_IDS, RULE_IDS, type RuleId } from "../../../../fleet/config/rules";
import { corpusCases, errorOf } from "./corpus";

describe("corpus of broken stack files", () => {
  const cases = corpusCases();

  it("holds at least 120 cases", () => {
    assert.ok(cases.length >= 120, `${cases.length} cases`);
  });

  for (const rule of RULE_IDS.filter((id) => !LIVE_RULE_IDS.includes(id))) {
    it(`has a case for ${rule}`, () => {
      assert.ok(cases.some((each) => each.rule === rule));
    });
  }

  for (const each of cases) {
    it(`${each.rule}/${each.name} is refused by that rule, in these words`, () => {
      const error = errorOf(each);
      assert.ok(RULE_IDS.includes(each.rule as RuleId), `${each.rule} is no rule`);
      assert.ok(error.problems.some(({ rule }) => rule === each.rule));
      assert.equal(`${error.message}\n`, readFileSync(`${each.stem}.txt`, "utf8"));
    });
  }
});
