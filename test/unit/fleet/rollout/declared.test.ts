import assert from "node:assert/strict";

import { BASE, LOGGING, MONITORING, TRACK } from "../../../../fleet/baseline/labels";
import { STEP } from "../../../../fleet/labels";
import { type ObservedCluster } from "../../../../fleet/observed";
import { type PlannedCluster } from "../../../../fleet/planned";
import { asPlanned, awsConfig, eksConfig, onlyCluster, planned } from "./aws-fleet";

const POOL = { replicas: 3, instanceType: "m7i.large" };

/** As an earlier run declared it. */
const old = () => onlyCluster(planned(awsConfig({ version: "v1.34.3" })));
/** As it lives since. */
const live = () => asPlanned(old());

/** What a run declares for the cluster where it lives like that. */
function declared(wanted: object, alive: Partial<ObservedCluster> = {}, more = {}): PlannedCluster {
  return onlyCluster(planned(awsConfig(wanted, more), { clusters: [{ ...live(), ...alive }] }, [old().className!]));
}

/** Nothing may start. */
const FROZEN = { upgrades: { freezes: [{ from: "2026-11-01", to: "2026-12-31", reason: "sale", zone: "UTC" }] } };

describe("a cluster that may not move", () => {
  const wanted = { version: "v1.36.1" };

  it("is declared as it lives, and says where it is to go", () => {
    assert.deepEqual(declared(wanted, {}, FROZEN), { ...old(), targetVersion: "v1.36.1" });
    assert.equal(declared({ version: "v1.34.3" }, {}, FROZEN).targetVersion, undefined);
  });

  it("stays on its class, and keeps the values of its class's variables", () => {
    const variables = { ...live().declared.variables, controlPlane: { instanceType: "m6i.large" } };
    const found = declared(
      wanted,
      { classRef: "aws-kubeadm-old", declared: { ...live().declared, variables } },
      FROZEN,
    );
    assert.equal(found.className, "aws-kubeadm-old");
    assert.deepEqual(
      found.variables?.map(({ name }) => name),
      ["controlPlane", "identity", "region", "subnets", "tags", "vpc"],
    );
    assert.deepEqual(found.variables?.[0]?.value, { instanceType: "m6i.large" });
  });

  it("does not keep the variable that says who reaches its API: the component adds that itself", () => {
    const variables = { ...live().declared.variables, api: { scheme: "internal" }, endpoint: {} };
    assert.deepEqual(
      declared(wanted, { declared: { ...live().declared, variables } }, FROZEN).variables,
      old().variables,
    );
  });

  it("has as many machines as the configuration asks for, of the kind that lives", () => {
    const [first, ...others] = live().declared.workers;
    const changed = { ...first!, class: "spot", failureDomain: "us-west-2d", variables: { worker: { a: 1 }, b: 2 } };
    const alive = { declared: { ...live().declared, workers: [changed, ...others] } };
    const { workers } = declared({ ...wanted, workers: { default: { ...POOL, replicas: 6 } } }, alive, FROZEN);
    assert.deepEqual(workers[0], {
      name: first?.name,
      pool: "default",
      class: "spot",
      failureDomain: "us-west-2d",
      replicas: 2,
      variables: [
        { name: "b", value: 2 },
        { name: "worker", value: { a: 1 } },
      ],
    });
    assert.deepEqual(
      workers.slice(1),
      old()
        .workers.slice(1)
        .map((pool) => ({ ...pool, replicas: 2 })),
    );
  });

  it("keeps a pool without zone and variables without them", () => {
    const workers = [{ name: live().declared.workers[0]!.name, replicas: 1 }];
    const [pool] = declared(wanted, { declared: { ...live().declared, workers } }, FROZEN).workers;
    assert.deepEqual(pool, { name: "default-a", pool: "default", class: "on-demand", replicas: 1 });
  });

  it("gets new pools, and loses those that go, at once", () => {
    const { workers } = declared({ ...wanted, workers: { default: POOL, extra: POOL } }, {}, FROZEN);
    assert.deepEqual(
      workers.map(({ name }) => name),
      ["default-a", "default-b", "default-c", "extra-a", "extra-b", "extra-c"],
    );
    assert.deepEqual(declared({ ...wanted, workers: {} }, {}, FROZEN).workers, []);
  });

  it("keeps the base configuration that its labels name, with its switches", () => {
    const labels: ObservedCluster["labels"] = { ...live().labels, [BASE]: "base-0" };
    const { [MONITORING]: _monitoring, [LOGGING]: _logging, ...quiet } = labels;
    assert.deepEqual(declared(wanted, { labels }, FROZEN).base, {
      revision: "base-0",
      track: "default",
      monitoring: true,
      logging: true,
    });
    assert.deepEqual(declared(wanted, { labels: quiet }, FROZEN).base, { revision: "base-0", track: "default" });
    const { [TRACK]: _track, ...trackless } = labels;
    assert.equal(declared(wanted, { labels: trackless }, FROZEN).base, undefined);
  });
});

describe("a cluster that takes a step", () => {
  it("is declared as the configuration asks, in the version on its way, and says where it is to go", () => {
    const at = (version: string) => onlyCluster(planned(awsConfig({ version })));
    const { step, ...others } = declared({ version: "v1.36.1" });
    assert.deepEqual(others, { ...at("v1.35.2"), targetVersion: "v1.36.1" });
    assert.match(step?.from ?? "", /^v1\.34\.3 /);
    assert.match(step?.to ?? "", /^v1\.35\.2 /);
    const { step: last, ...arrives } = declared({ version: "v1.35.2" });
    assert.deepEqual(arrives, at("v1.35.2"));
    assert.match(last?.to ?? "", /^v1\.35\.2 /);
  });
});

describe("the managed node groups of a cluster", () => {
  const groupsOf = ({ nodeGroups = [] }: PlannedCluster) => nodeGroups.map(({ version }) => version);
  const before = () => onlyCluster(planned(eksConfig({ version: "v1.34.3" })));
  /** What a run makes of the cluster, where its control plane lives in one version and its node group in another. */
  function run(controlPlane: string, group: string, target: string) {
    const cluster = before();
    const nodeGroups = asPlanned(cluster).nodeGroups?.map((each) => ({ ...each, version: group }));
    const clusters = [asPlanned(cluster, { version: controlPlane, ...(nodeGroups && { nodeGroups }) })];
    const plan = planned(eksConfig({ version: target }), { clusters }, [cluster.className!]);
    return { action: plan.rollout.decisions[0]?.action, ...onlyCluster(plan) };
  }

  it("stay in their version while the control plane takes a step, and follow in a run of their own", () => {
    const step = run("v1.34.0", "v1.34.0", "v1.35.2");
    assert.deepEqual([step.action, step.version, groupsOf(step)], ["step", "v1.35.0", ["v1.34.0"]]);
    const nodes = run("v1.35.0", "v1.34.0", "v1.35.2");
    assert.deepEqual([nodes.action, nodes.version, groupsOf(nodes)], ["nodes", "v1.35.0", ["v1.35.0"]]);
  });

  it("follow to a version on the way before the control plane goes on", () => {
    const nodes = run("v1.35.0", "v1.34.0", "v1.36.1");
    assert.deepEqual([nodes.action, nodes.version, groupsOf(nodes)], ["nodes", "v1.35.0", ["v1.35.0"]]);
    assert.match(JSON.stringify(nodes.nodeGroups), /ami-00000000000000135/);
  });

  it("are none where the cluster has none", () => {
    assert.equal("nodeGroups" in declared({ version: "v1.34.3" }), false);
  });
});

describe("a run that may start nothing, or only what was shown", () => {
  const action = (limits: object) =>
    planned(awsConfig({ version: "v1.35.2" }), { clusters: [live()] }, [old().className!], limits).rollout.decisions[0]
      ?.action;

  it("declares as it lives what would move", () => {
    assert.equal(action({}), "step");
    assert.equal(action({ hold: true }), "wait");
    assert.equal(action({ shown: [] }), "wait");
  });
});

describe("a cluster that took a step before", () => {
  it("keeps the record of it", () => {
    const step = { from: "v1.33.5", to: "v1.34.3", started: "2026-11-01T00:00:00.000Z" };
    assert.deepEqual(declared({ version: "v1.34.3" }, { annotations: { [STEP]: JSON.stringify(step) } }).step, step);
    assert.equal(declared({ version: "v1.34.3" }).step, undefined);
  });
});
