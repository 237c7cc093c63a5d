import assert from "node:assert/strict";

import { costNote, declaredCosts, fleetCost } from "../../../../fleet/cost/fleet-cost";
import { changeText, usdText } from "../../../../fleet/cost/money";
import { PRICES_DATED } from "../../../../fleet/cost/prices";
import { calendar } from "../../../../fleet/versions";
import { config } from "../fixtures";
import { eksCluster, kubeadmCluster, machines, TODAY } from "./fixtures";

const eks = { class: "aws-eks", region: "us-east-1", network: { slot: 0 }, controlPlane: undefined };
const awsConfig = (workers: object, changes: object = {}) =>
  config({
    network: { pools: { "us-east-1": { range: "10.48.0.0/12" }, "eu-west-3": { range: "10.32.0.0/12" } } },
    clusters: { "prod-b": { ...eks, workers } },
    ...changes,
  });
const POOL = { default: { replicas: 5, instanceType: "m7i.large" } };

describe("the cost of a fleet", () => {
  it("is the sum of its clusters, sorted by name", () => {
    const { clusters, usd, unknown } = fleetCost([eksCluster(), kubeadmCluster()], calendar(), TODAY);
    assert.deepEqual(
      clusters.map(({ name }) => name),
      ["prod-a", "prod-b"],
    );
    assert.equal(usdText(usd), "1,359");
    assert.deepEqual(unknown, []);
  });

  it("names what it lacks with cluster and region", () => {
    const cluster = kubeadmCluster({ pools: [machines({ instanceType: "m9i.large" })] });
    assert.deepEqual(fleetCost([cluster], calendar(), TODAY).unknown, ["prod-a: 5 x m9i.large in us-east-1"]);
  });

  it("leaves out what is being decommissioned", () => {
    assert.deepEqual(declaredCosts(awsConfig(POOL, { decommission: ["prod-b"] })), []);
  });
});

describe("the note on cost", () => {
  it("says in one line what the environment will cost", () => {
    assert.equal(
      costNote(awsConfig(POOL), TODAY),
      `Cost of production: 582 USD a month at list price (${PRICES_DATED}), 1 cluster on AWS. ` +
        "Parts and change: npm run fleet -- cost.",
    );
  });

  it("says where it is a range, where it is more than that, and what the limit is", () => {
    const workers = {
      default: { min: 3, max: 12, instanceType: "m7i.large" },
      new: { replicas: 1, instanceType: "m9i.large" },
    };
    assert.equal(
      costNote(awsConfig(workers, { cost: { monthlyLimit: 5000 } }), TODAY),
      `Cost of production: at least 429-1,149 USD a month at list price (${PRICES_DATED}), 1 cluster on AWS, ` +
        "limit 5,000. Parts and change: npm run fleet -- cost.",
    );
  });

  it("says nothing where no cluster is on AWS", () => {
    assert.equal(costNote(config(), TODAY), undefined);
  });
});

describe("money", () => {
  it("is whole USD, a range where its ends differ by one or more", () => {
    assert.equal(usdText(1234.5), "1,235");
    assert.equal(usdText({ least: 10.2, most: 10.4 }), "10");
    assert.equal(usdText({ least: 846.2, most: 1566 }), "846-1,566");
  });

  it("has a sign where it is a change", () => {
    assert.equal(changeText({ least: 73, most: 73.2 }), "+73");
    assert.equal(changeText({ least: -12, most: 1310 }), "-12 to +1,310");
    assert.equal(changeText({ least: -0.2, most: 0.2 }), "0");
  });
});
