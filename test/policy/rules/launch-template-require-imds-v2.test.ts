import assert from "node:assert/strict";
import { launchTemplateRequireImdsV2 as rule } from "../../../policy/rules/launch-template-require-imds-v2";
import { judge, UNKNOWN_IN_PREVIEW } from "../helpers";
import { changed, EKS_CLUSTER, LAUNCH_TEMPLATE, launchTemplate } from "./aws";

function judged(path: string, value: unknown, config: object = {}) {
  return judge(rule, LAUNCH_TEMPLATE, changed(launchTemplate(), path, value), config);
}

function plain(got: string): string {
  return (
    "metadataOptions.httpTokens: machines of launch template fleet-nodes give their credentials to a plain request " +
    `(got ${got}). Set it to "required".`
  );
}

function tooFar(got: string, most = 1): string {
  return (
    "metadataOptions.httpPutResponseHopLimit: pods reach the credentials of machines of launch template fleet-nodes " +
    `(got ${got}). Set it to ${most}.`
  );
}

describe("policy launch-template-require-imds-v2", () => {
  it("accepts a template that asks for tokens which do not reach pods", () => {
    assert.deepEqual(judge(rule, LAUNCH_TEMPLATE, launchTemplate()), { violations: [] });
  });

  it("accepts a template without the metadata service", () => {
    assert.deepEqual(judged("metadataOptions", { httpEndpoint: "disabled" }), { violations: [] });
  });

  for (const [tokens, got] of [
    ["optional", '"optional"'],
    [undefined, "nothing"],
  ] as const) {
    it(`refuses ${got} for tokens`, () => {
      assert.deepEqual(judged("metadataOptions.httpTokens", tokens).violations, [plain(got)]);
    });
  }

  for (const [hops, got] of [
    [2, "2"],
    [0, "0"],
    [undefined, "nothing, which may mean 2"],
  ] as const) {
    it(`refuses a hop limit of ${got}`, () => {
      assert.deepEqual(judged("metadataOptions.httpPutResponseHopLimit", hops).violations, [tooFar(got)]);
    });
  }

  it("refuses a template that states nothing, in both respects", () => {
    assert.deepEqual(judged("metadataOptions", undefined).violations, [
      plain("nothing"),
      tooFar("nothing, which may mean 2"),
    ]);
  });

  it("takes the most hops from its configuration", () => {
    assert.deepEqual(judged("metadataOptions.httpPutResponseHopLimit", 2, { maxHops: 2 }), { violations: [] });
    assert.deepEqual(judged("metadataOptions.httpPutResponseHopLimit", 3, { maxHops: 2 }).violations, [tooFar("3", 2)]);
  });

  it("does not judge other resources", () => {
    assert.deepEqual(judge(rule, EKS_CLUSTER, {}), { violations: [], notApplicable: true });
  });

  for (const field of ["httpEndpoint", "httpTokens", "httpPutResponseHopLimit"]) {
    it(`is advisory in the preview where only the update will know ${field}`, () => {
      assert.deepEqual(judged(`metadataOptions.${field}`, UNKNOWN_IN_PREVIEW), {
        violations: [],
        advisory: `string value at .metadataOptions.${field} can't be known during preview`,
      });
    });
  }
});
