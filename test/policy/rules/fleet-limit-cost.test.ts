import assert from "node:assert/strict";
import { fleetLimitCost as rule } from "../../../policy/rules/fleet-limit-cost";
import { fleet, fleetCluster, judgeFleet } from "../fleets";
import { type Fields, UNKNOWN_IN_PREVIEW } from "../helpers";

const worker = (instanceType = "m7i.large") => [{ name: "worker", value: { instanceType, volumeGiB: 80 } }];
const pool = (name: string, size: Fields, more: Fields = {}): Fields => ({
  name,
  pool: name,
  class: "on-demand",
  variables: worker(),
  ...size,
  ...more,
});

/** 777 USD a month: three control-plane machines and five workers. */
const KUBEADM = fleetCluster("a", {
  controlPlaneReplicas: 3,
  apiAccess: "public",
  variables: [{ name: "controlPlane", value: { instanceType: "m7i.large", volumeGiB: 80 } }],
  workers: [pool("default", { replicas: 5 })],
});
/** 422 USD a month with three workers, 1,142 with twelve. */
const EKS = fleetCluster("b", {
  family: "aws-eks",
  version: "v1.35.0",
  workers: [pool("default", { min: 3, max: 12 })],
});

const limited = (monthlyCostLimit: unknown, clusters: unknown = [KUBEADM, EKS], more: Fields = {}) =>
  fleet(clusters, { monthlyCostLimit, ...more });
const message = (sum: string, limit: number, parts: string) =>
  `cost.monthlyLimit: is less than what the clusters cost in a month at list price, ${sum} (got ${limit}). Most of it: ${parts}. Use fewer or smaller machines, ` +
  "lower the max of a pool, or raise the limit; npm run fleet -- cost --parts shows every part.";
const TOO_MUCH = message(
  "1,919 USD with the most machines that the autoscaler may make",
  1500,
  "workers of b 883, workers of a 368, control plane of a 221",
);

describe("policy fleet-limit-cost", () => {
  it("is mandatory", () => {
    assert.equal(rule.enforcementLevel, "mandatory");
    assert.equal(rule.description, "The clusters of an environment cost no more in a month than its limit.");
  });

  it("accepts a fleet within its limit, and any without one", () => {
    assert.deepEqual(judgeFleet(rule, limited(2000)), { violations: [] });
    assert.deepEqual(judgeFleet(rule, limited(undefined)), { violations: [] });
  });

  it("refuses one that may cost more, with sum, limit, the largest parts and a remedy", () => {
    assert.deepEqual(judgeFleet(rule, limited(1500)).violations, [TOO_MUCH]);
  });

  it("counts with the least machines where it is told to", () => {
    assert.deepEqual(judgeFleet(rule, limited(1500), { autoscaled: "least" }), { violations: [] });
    assert.deepEqual(judgeFleet(rule, limited(1000), { autoscaled: "least" }).violations, [
      message(
        "1,199 USD with the fewest machines that the autoscaler may leave",
        1000,
        "workers of a 368, control plane of a 221, workers of b 221",
      ),
    ]);
  });

  it("prices EKS by the support that its version has, by the overrides of the stack too", () => {
    const old = { ...EKS, workers: [], version: "v1.33.0" };
    const sum = "548 USD";
    const parts = "control plane of b 438, network of b 110";
    assert.deepEqual(judgeFleet(rule, limited(500, [old])).violations, [message(sum, 500, parts)]);
    assert.deepEqual(judgeFleet(rule, limited(500, [{ ...old, version: "v1.35.0" }])), { violations: [] });
  });

  it("counts managed node groups, which are beside the topology", () => {
    const group = {
      name: "b-default-0a1b2c3d4e",
      pool: "default",
      version: "v1.35.0",
      min: 3,
      max: 12,
      machines: {
        capacityType: "onDemand",
        awsLaunchTemplate: { instanceType: "m7i.large", rootVolume: { size: 80, type: "gp3" } },
      },
    };
    const managed = { ...EKS, workers: [], nodeGroups: [group] };
    assert.deepEqual(judgeFleet(rule, limited(1500, [KUBEADM, managed])).violations, [TOO_MUCH]);
  });

  it("says at least where a price is not known, or a cluster's facts have another shape", () => {
    const unpriced = {
      ...KUBEADM,
      name: "c",
      workers: [pool("x", { replicas: 1 }, { variables: worker("m9i.large") })],
    };
    const [priced] = judgeFleet(rule, limited(300, [unpriced])).violations;
    assert.match(priced ?? "", / at list price, at least 383 USD \(got 300\)/);
    const [shaped] = judgeFleet(rule, limited(400, [KUBEADM, { ...EKS, workers: "many" }])).violations;
    assert.match(shaped ?? "", / at list price, at least 777 USD \(got /);
  });

  it("leaves out a cluster that is being decommissioned", () => {
    assert.deepEqual(judgeFleet(rule, limited(1500, [KUBEADM, { ...EKS, decommission: true }])), { violations: [] });
  });

  it("counts the way in: attachments to a transit gateway, and no public addresses for a private API", () => {
    const private_ = [{ ...KUBEADM, region: "us-east-1", apiAccess: "private" }];
    const sum = (more: Fields) =>
      /, (\d+) USD/.exec(judgeFleet(rule, limited(1, private_, more)).violations[0] ?? "")?.[1];
    assert.deepEqual([sum({}), sum({ reach: "transit-gateway" })], ["766", "802"]);
  });

  it("refuses a limit that is not a number", () => {
    assert.deepEqual(judgeFleet(rule, limited("5000 USD")).violations, [
      'cost.monthlyLimit: is not a number (got "5000 USD"). Write whole USD, such as 5000.',
    ]);
  });

  it("is advisory where a fact is known only after the update, and enforced for the rest", () => {
    const unknown = { ...EKS, name: "c", region: UNKNOWN_IN_PREVIEW };
    const verdict = judgeFleet(rule, limited(700, [KUBEADM, unknown]));
    assert.match(verdict.violations[0] ?? "", / at list price, at least 777 USD \(got /);
    assert.equal(verdict.advisory, "string value at .clusters.1.region can't be known during preview");
    assert.deepEqual(judgeFleet(rule, limited(UNKNOWN_IN_PREVIEW)), {
      violations: [],
      advisory: "string value at .monthlyCostLimit can't be known during preview",
    });
  });
});
