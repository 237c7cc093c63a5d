import * as assert from "node:assert/strict";

import * as fc from "fast-check";

import { type WorkerPoolValues } from "../../../../fleet/config/schema/cluster";
import { machineDeployments } from "../../../../fleet/topology/pools";
import { workerSettings } from "../../../../fleet/topology/worker-settings";

const ZONES = ["us-west-2a", "us-west-2b", "us-west-2c"];
const MACHINES = { image: { id: "ami-00000000" }, instanceProfile: "nodes" };

function deployed(values: WorkerPoolValues, zones: readonly string[] = ZONES) {
  return machineDeployments("default", values, zones, () => workerSettings("default", values, MACHINES));
}

function sum(values: readonly (number | undefined)[]): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0);
}

describe("the machine deployments of a pool on AWS", () => {
  it("are one for each zone, and the first zones have what is left over", () => {
    assert.deepEqual(
      deployed({ replicas: 5, instanceType: "m7i.large" }).map((each) => [
        each.name,
        each.failureDomain,
        each.replicas,
      ]),
      [
        ["default-a", "us-west-2a", 2],
        ["default-b", "us-west-2b", 2],
        ["default-c", "us-west-2c", 1],
      ],
    );
  });

  it("leave out zones that would never have a machine", () => {
    assert.deepEqual(
      deployed({ replicas: 2 }).map(({ name }) => name),
      ["default-a", "default-b"],
    );
    assert.deepEqual(
      deployed({ min: 0, max: 1 }).map(({ name, min, max, replicas }) => [name, min, max, replicas]),
      [["default-a", 0, 1, undefined]],
    );
  });

  it("lie in the pool's own zones", () => {
    assert.deepEqual(
      deployed({ replicas: 4, zones: ["us-west-2c"] }).map(({ name, replicas }) => [name, replicas]),
      [["default-c", 4]],
    );
  });

  it("have the worker class of their capacity and their machine type", () => {
    const classOf = (values: WorkerPoolValues) => deployed({ replicas: 1, ...values })[0]?.class;
    assert.equal(classOf({ instanceType: "m7i.large" }), "on-demand");
    assert.equal(classOf({ instanceType: "m7i.large", capacity: "spot" }), "spot");
    assert.equal(classOf({ instanceType: "m7g.large" }), "graviton");
    assert.equal(classOf({ instanceType: "m7g.large", capacity: "spot" }), "graviton-spot");
  });

  it("share out exactly what the pool has, evenly", () => {
    const total = fc.nat({ max: 1000 });
    fc.assert(
      fc.property(total, total, fc.subarray(ZONES, { minLength: 1 }), (one, other, zones) => {
        const [min, max] = [Math.min(one, other), Math.max(one, other)];
        const sized = deployed({ min, max }, zones);
        assert.equal(sum(sized.map((each) => each.min)), min);
        assert.equal(sum(sized.map((each) => each.max)), max);
        assert.ok(sized.every((each) => (each.min ?? 0) <= (each.max ?? 0)));
        const fixed = deployed({ replicas: one }, zones).map(({ replicas = 0 }) => replicas);
        assert.equal(sum(fixed), one);
        assert.ok(Math.max(0, ...fixed) - Math.min(...fixed, Infinity) <= 1);
      }),
    );
  });
});

describe("the settings of a pool's machines", () => {
  it("name the pool on every node, beside the labels of the stack file, and give taints a value", () => {
    const values: WorkerPoolValues = {
      instanceType: "m7i.large",
      labels: { team: "a" },
      taints: [{ key: "spot", effect: "NoSchedule" }],
    };
    assert.deepEqual(workerSettings("burst", values, MACHINES), {
      ...MACHINES,
      instanceType: "m7i.large",
      volumeGiB: 80,
      nodeLabels: "cluster-fleet.io/pool=burst,team=a",
      taints: [{ key: "spot", value: "", effect: "NoSchedule" }],
    });
  });
});
