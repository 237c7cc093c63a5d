import assert from "node:assert/strict";
import { eksClusterRequirePrivateEndpoint as rule } from "../../../policy/rules/eks-cluster-require-private-endpoint";
import { judge, RESOURCE_NAME, UNKNOWN_IN_PREVIEW } from "../helpers";
import { changed, EKS_CLUSTER, eksCluster, LAUNCH_TEMPLATE } from "./aws";

const UNKNOWN_LIST = "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2";
const REMEDY = "List the networks that may enter, or set endpointPublicAccess to false.";

function judged(path: string, value: unknown) {
  return judge(rule, EKS_CLUSTER, changed(eksCluster(), path, value));
}

function notInside(got: string): string {
  return (
    "vpcConfig.endpointPrivateAccess: the API server of EKS cluster fleet does not answer inside its VPC " +
    `(got ${got}). Set it to true.`
  );
}

function open(place: string, got: string): string {
  return `vpcConfig.publicAccessCidrs${place}: the whole internet reaches the API server of EKS cluster fleet (got ${got}). ${REMEDY}`;
}

describe("policy eks-cluster-require-private-endpoint", () => {
  it("accepts a cluster that answers inside its VPC and to named networks", () => {
    assert.deepEqual(judge(rule, EKS_CLUSTER, eksCluster()), { violations: [] });
  });

  it("accepts a cluster that answers inside its VPC alone", () => {
    const vpcConfig = { endpointPrivateAccess: true, endpointPublicAccess: false };
    assert.deepEqual(judged("vpcConfig", vpcConfig), { violations: [] });
    assert.deepEqual(judged("vpcConfig", { ...vpcConfig, publicAccessCidrs: ["0.0.0.0/0"] }), { violations: [] });
  });

  it("refuses a cluster that does not answer inside its VPC, which is what nothing stated means", () => {
    assert.deepEqual(judged("vpcConfig.endpointPrivateAccess", false).violations, [notInside("false")]);
    assert.deepEqual(judged("vpcConfig.endpointPrivateAccess", undefined).violations, [notInside("nothing")]);
  });

  for (const range of ["0.0.0.0/0", "::/0"]) {
    it(`refuses ${range} among the networks, and tells its place`, () => {
      assert.deepEqual(judged("vpcConfig.publicAccessCidrs", ["203.0.113.0/24", range]).violations, [
        open("[1]", `"${range}"`),
      ]);
    });
  }

  it("refuses a public endpoint without networks, which is open to all", () => {
    assert.deepEqual(judged("vpcConfig.publicAccessCidrs", undefined).violations, [
      open("", "nothing, which means 0.0.0.0/0"),
    ]);
    assert.deepEqual(judged("vpcConfig.publicAccessCidrs", []).violations, [open("", "[], which means 0.0.0.0/0")]);
  });

  it("refuses a cluster that states nothing: EKS opens it to all", () => {
    assert.deepEqual(judged("vpcConfig", undefined).violations, [
      notInside("nothing"),
      open("", "nothing, which means 0.0.0.0/0"),
    ]);
  });

  it("does not judge other resources", () => {
    assert.deepEqual(judge(rule, LAUNCH_TEMPLATE, {}), { violations: [], notApplicable: true });
  });

  it("is marked with its type, by which the SDK skips it for every other resource", () => {
    const { validateResource } = rule as { validateResource: { __pulumiType?: string } };
    assert.equal(validateResource.__pulumiType, EKS_CLUSTER);
  });

  for (const [path, unknown, kind] of [
    ["vpcConfig.endpointPrivateAccess", UNKNOWN_IN_PREVIEW, "string"],
    ["vpcConfig.endpointPublicAccess", UNKNOWN_IN_PREVIEW, "string"],
    ["vpcConfig.publicAccessCidrs", UNKNOWN_LIST, "Array"],
  ] as const) {
    it(`is advisory in the preview where only the update will know ${path}`, () => {
      assert.deepEqual(judged(path, unknown), {
        violations: [],
        advisory: `${kind} value at .${path} can't be known during preview`,
      });
    });
  }

  it("refuses an open network in the preview although another is known only after the update", () => {
    assert.deepEqual(judged("vpcConfig.publicAccessCidrs", [UNKNOWN_IN_PREVIEW, "0.0.0.0/0"]), {
      violations: [open("[1]", '"0.0.0.0/0"')],
      advisory: "string value at .vpcConfig.publicAccessCidrs.0 can't be known during preview",
    });
  });

  it("calls a cluster by the resource's name where its own is known only after the update", () => {
    const cluster = changed(
      changed(eksCluster(), "name", UNKNOWN_IN_PREVIEW),
      "vpcConfig.endpointPrivateAccess",
      false,
    );
    assert.deepEqual(judge(rule, EKS_CLUSTER, cluster), {
      violations: [notInside("false").replace("fleet", RESOURCE_NAME)],
    });
  });
});
