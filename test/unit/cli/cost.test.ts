import assert from "node:assert/strict";

import { estimate, type Estimate } from "../../../cli/cost/estimate";
import { costDocument, printCost } from "../../../cli/cost/report";
import { type RawConfig } from "../../../fleet/config/config";
import { costChanges } from "../../../fleet/cost/cost-change";
import { type CostedCluster } from "../../../fleet/cost/costed-cluster";
import { fleetCost } from "../../../fleet/cost/fleet-cost";
import { PRICES_DATED } from "../../../fleet/cost/prices";
import { calendar } from "../../../fleet/versions";
import { stackContext } from "../../../cli/stack-context";
import { eksCluster, kubeadmCluster, machines, TODAY } from "../fleet/cost/fixtures";
import { rawConfig } from "../fleet/fixtures";
import { memoryOutput } from "./memory-output";

const SCALED = eksCluster({ pools: [machines({ least: 3, most: 12 })] });
const FOOTER =
  `List price of ${PRICES_DATED} for 730 hours, without traffic, Savings Plans, tax. ` +
  "(e): estimated, see docs/cost.md.";

function estimated(declared: CostedCluster[], live: CostedCluster[], more: Partial<Estimate> = {}): Estimate {
  return {
    stack: "production",
    environment: "production",
    cost: fleetCost(declared, calendar(), TODAY),
    changes: costChanges(declared, live, calendar(), TODAY),
    ...more,
  };
}

function printed(estimate: Estimate, parts = false) {
  const { out, stdout, stderr } = memoryOutput();
  printCost(estimate, out, { parts });
  return { lines: stdout().trimEnd().split("\n"), stderr: stderr() };
}

describe("fleet cost", () => {
  it("has a line for each cluster and for all of them, with the change against what lives", () => {
    const leaving = kubeadmCluster({ name: "prod-c" });
    const { lines } = printed(estimated([kubeadmCluster(), SCALED], [kubeadmCluster(), leaving]));
    assert.deepEqual(lines, [
      "production",
      "CLUSTER  REGION     CP   WORKERS    DISKS       NETWORK  USD/MONTH    CHANGE",
      "prod-a   us-east-1  221  368        51 (e)      137      777          0",
      "prod-b   us-east-1  73   221-883    19-77 (e)   110      422-1,142    +422 to +1,142",
      "prod-c   us-east-1  -    -          -           -        goes         -777",
      "TOTAL               294  589-1,251  70-128 (e)  246      1,199-1,919  -354 to +366",
      FOOTER,
    ]);
  });

  it("names what has no known price: its sum is at least that, its change unknown", () => {
    const unpriced = kubeadmCluster({ pools: [machines({ instanceType: "m9i.large" })] });
    const { lines } = printed(estimated([unpriced], [kubeadmCluster()]));
    assert.deepEqual(lines.slice(2), [
      "prod-a   us-east-1  221  ?        51 (e)  137      at least 409  ?",
      "TOTAL               221  ?        51 (e)  137      at least 409  ?",
      "No price is known for 5 x m9i.large in us-east-1: prod-a.",
      FOOTER,
    ]);
  });

  it("says once what many clusters have that has no known price", () => {
    const clusters = Array.from({ length: 300 }, (_, index) =>
      kubeadmCluster({ name: `c${index + 100}`, pools: [machines({ instanceType: "m9i.large" })] }),
    );
    const { lines } = printed(estimated(clusters, clusters));
    assert.deepEqual(lines.slice(-2), [
      "No price is known for 5 x m9i.large in us-east-1: c100, c101, c102, c103, c104 and 295 more.",
      FOOTER,
    ]);
    assert.equal(lines.length, 2 + 300 + 1 + 2);
  });

  it("says why the change is unknown where nobody answers, and shows the rest", () => {
    const { lines, stderr } = printed(estimated([kubeadmCluster()], [], { unseen: "It does not answer." }));
    assert.deepEqual(lines[2]?.split(/ {2,}/).slice(-2), ["777", "?"]);
    assert.equal(stderr, "The change is unknown, for what lives cannot be looked at. It does not answer.\n");
  });

  it("lists every part where it is asked to", () => {
    const { lines } = printed(estimated([SCALED], []), true);
    assert.deepEqual(lines.slice(4, -1), [
      "",
      "prod-b",
      "PART           WHAT                          USD/MONTH",
      "control plane  EKS 1.35 in standard support  73",
      "workers        3-12 x m7i.large              221-883",
      "disks          3-12 x 80 GiB gp3             19-77 (e)",
      "network        3 x NAT gateway               99",
      "network        3 x public IPv4 address       11",
      "",
    ]);
  });

  it("compares with the limit: within it, over it, or over it once the autoscaler grows the pools", () => {
    const limit = (limit: number) => printed(estimated([SCALED], [], { limit })).lines.at(-2);
    const whole = "limit of 1,500 USD a month (cluster-fleet:cost.monthlyLimit)";
    assert.equal(limit(1500), `Within the ${whole}.`);
    assert.equal(limit(400), `Over the ${whole.replace("1,500", "400")} by 22-742.`);
    assert.equal(
      limit(1000),
      `Over the ${whole.replace("1,500", "1,000")} once the autoscaler makes all machines that it may, by 142.`,
    );
  });

  it("says so where there are no clusters", () => {
    assert.deepEqual(printed(estimated([], [])).lines, ["production", "No clusters."]);
  });

  it("has the same as JSON, in cents, null where it is not known", () => {
    const leaving = kubeadmCluster({ name: "prod-c" });
    const unpriced = eksCluster({ pools: [machines({ instanceType: "m9i.large", least: 1, most: 1 })] });
    assert.deepEqual(costDocument(estimated([unpriced], [leaving], { limit: 500 })), {
      stack: "production",
      environment: "production",
      prices: PRICES_DATED,
      usd: { least: 188.9, most: 188.9 },
      atLeast: true,
      change: null,
      limit: 500,
      clusters: [
        {
          name: "prod-b",
          region: "us-east-1",
          usd: { least: 188.9, most: 188.9 },
          atLeast: true,
          change: null,
          parts: [
            {
              kind: "control plane",
              of: "EKS 1.35 in standard support",
              estimate: false,
              usd: { least: 73, most: 73 },
            },
            { kind: "workers", of: "1 x m9i.large", estimate: false, usd: null },
            { kind: "disks", of: "1 x 80 GiB gp3", estimate: true, usd: { least: 6.4, most: 6.4 } },
            { kind: "network", of: "3 x NAT gateway", estimate: false, usd: { least: 98.55, most: 98.55 } },
            { kind: "network", of: "3 x public IPv4 address", estimate: false, usd: { least: 10.95, most: 10.95 } },
          ],
        },
      ],
      leaving: [{ name: "prod-c", usd: { least: 776.75, most: 776.75 } }],
    });
  });
});

describe("the estimate of a stack", () => {
  const NOWHERE = { kind: "kubeconfig", name: "shared", path: "/nowhere/kubeconfig" };

  /** A stack whose configuration Pulumi tells, and nothing else. */
  function stack(raw: RawConfig) {
    const config = Object.entries(raw).map(([key, value]) => [
      `cluster-fleet:${key}`,
      { value: typeof value === "string" ? value : JSON.stringify(value) },
    ]);
    const run = (args: readonly string[]) =>
      args[0] === "config"
        ? Promise.resolve(JSON.stringify(Object.fromEntries(config)))
        : Promise.reject(new Error(`pulumi ${args.join(" ")} was called`));
    return stackContext({ name: "production", env: {}, run });
  }

  const fleet = rawConfig({
    environment: "production",
    management: NOWHERE,
    network: { pools: { "us-east-1": { range: "10.48.0.0/12" } } },
    cost: { monthlyLimit: 5000 },
    clusters: {
      "prod-b": {
        class: "aws-eks",
        region: "us-east-1",
        network: { slot: 0 },
        workers: { default: { replicas: 5, instanceType: "m7i.large" } },
      },
    },
  });

  it("needs no management cluster, and says what that one says", async () => {
    const { environment, cost, changes, unseen, limit } = await estimate(stack(fleet), TODAY);
    assert.equal(environment, "production");
    assert.equal(cost.usd.most.toFixed(2), "582.42");
    assert.deepEqual(
      changes.map(({ name }) => name),
      ["prod-b"],
    );
    assert.match(unseen ?? "", /^management\.path: no kubeconfig can be read at \/nowhere\/kubeconfig/);
    assert.equal(limit, 5000);
  });

  it("refuses a configuration with mistakes", async () => {
    await assert.rejects(estimate(stack({ ...fleet, cost: { monthlyLimit: 0 } }), TODAY), {
      name: "FleetConfigError",
      message: /cost\.monthlyLimit: allows nothing \(got 0\)\. Write 1 or more, or remove it\./,
    });
  });
});
