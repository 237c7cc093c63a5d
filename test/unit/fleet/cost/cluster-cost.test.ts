import assert from "node:assert/strict";

import * as fc from "fast-check";

import { clusterCost, type CostPart, total } from "../../../../fleet/cost/cluster-cost";
import { type CostedCluster } from "../../../../fleet/cost/costed-cluster";
import { calendar } from "../../../../fleet/versions";
import { eksCluster, kubeadmCluster, machines, TODAY } from "./fixtures";

const cost = (cluster: CostedCluster, today = TODAY) => clusterCost(cluster, calendar(), today);
/** A part as `kind: what, USD` in cents; `?` where that is unknown. */
const texts = ({ parts }: { parts: readonly CostPart[] }) =>
  parts.map(({ kind, of, usd, estimate }) => {
    const text = usd === undefined ? "?" : [...new Set([usd.least, usd.most])].map((each) => each.toFixed(2)).join("-");
    return `${kind}: ${of}, ${text}${estimate ? " (e)" : ""}`;
  });

describe("the cost of a cluster", () => {
  it("has machines, their disks, ways out, a load balancer and public addresses for kubeadm", () => {
    const { parts, usd, unknown } = cost(kubeadmCluster());
    assert.deepEqual(texts({ parts }), [
      "control plane: 3 x m7i.large, 220.75",
      "disks: 3 x 80 GiB gp3, 19.20 (e)",
      "workers: 5 x m7i.large, 367.92",
      "disks: 5 x 80 GiB gp3, 32.00 (e)",
      "network: 3 x NAT gateway, 98.55",
      "network: 1 x network load balancer, 16.43",
      "network: 6 x public IPv4 address, 21.90",
    ]);
    assert.equal(usd.least.toFixed(2), "776.75");
    assert.equal(usd.most, usd.least);
    assert.deepEqual(unknown, []);
  });

  it("has a fixed price for the control plane of EKS, and no load balancer", () => {
    assert.deepEqual(texts(cost(eksCluster())), [
      "control plane: EKS 1.35 in standard support, 73.00",
      "workers: 5 x m7i.large, 367.92",
      "disks: 5 x 80 GiB gp3, 32.00 (e)",
      "network: 3 x NAT gateway, 98.55",
      "network: 3 x public IPv4 address, 10.95",
    ]);
  });

  it("has the price of extended support from the day on which it begins, and beyond its end", () => {
    const eks = (day: string) => texts(cost(eksCluster({ version: "v1.35.0" }), new Date(`${day}T12:00:00Z`)))[0];
    const { standardEnds, extendedEnds = "" } = calendar().eks.find(({ minor }) => minor === "1.35")!;
    const eve = new Date(Date.parse(standardEnds) - 1).toISOString().slice(0, 10);
    assert.equal(eks(eve), "control plane: EKS 1.35 in standard support, 73.00");
    assert.equal(eks(standardEnds), "control plane: EKS 1.35 in extended support, 438.00");
    assert.equal(eks(extendedEnds), "control plane: EKS 1.35 in extended support, 438.00");
  });

  it("is a range where the autoscaler decides", () => {
    const { parts, usd } = cost(eksCluster({ pools: [machines({ least: 0, most: 10 })] }));
    assert.deepEqual(texts({ parts }).slice(1, 3), [
      "workers: 0-10 x m7i.large, 0.00-735.84",
      "disks: 0-10 x 80 GiB gp3, 0.00-64.00 (e)",
    ]);
    assert.equal((usd.most - usd.least).toFixed(2), "799.84");
  });

  it("takes spot machines for a part of their price, estimated", () => {
    const [, workers] = texts(cost(eksCluster({ pools: [machines({ spot: true })] })));
    assert.equal(workers, "workers: 5 x m7i.large on spot, 147.17 (e)");
  });

  it("has no public addresses for a private API, and an attachment where there is a transit gateway", () => {
    const network = texts(cost(kubeadmCluster({ apiAccess: "private", attached: true }))).slice(4);
    assert.deepEqual(network, [
      "network: 3 x NAT gateway, 98.55",
      "network: 1 x network load balancer, 16.43",
      "network: 1 x transit gateway attachment, 36.50 (e)",
      "network: 3 x public IPv4 address, 10.95",
    ]);
  });

  it("names what has no known price or no known number, and leaves it out of the sum", () => {
    const pools = [machines({ instanceType: "m9i.large" }), machines({ name: "live", least: undefined })];
    const { parts, usd, unknown } = cost(kubeadmCluster({ region: "eu-west-3", pools }));
    const missing = [
      "5 x m9i.large",
      "? x m7i.large",
      "? x 80 GiB gp3",
      "3 x NAT gateway",
      "1 x network load balancer",
    ];
    assert.deepEqual(unknown, missing);
    assert.deepEqual(
      parts.filter((part) => part.usd === undefined).map(({ of }) => of),
      missing,
    );
    assert.deepEqual(usd, total(parts.flatMap((part) => part.usd ?? [])));
  });

  it("is not known without a version of EKS or the type of a machine", () => {
    assert.deepEqual(
      cost(eksCluster({ version: undefined, pools: [machines({ instanceType: undefined, volumeGiB: undefined })] }))
        .unknown,
      ["EKS of a version that is not known", "5 x machines of a type that is not known", "5 x ? GiB gp3"],
    );
  });

  it("is nothing for a pool without machines, whatever its type", () => {
    const { unknown, parts } = cost(
      eksCluster({ pools: [machines({ least: 0, most: 0, instanceType: "m9i.large" })] }),
    );
    assert.deepEqual(unknown, []);
    assert.equal(texts({ parts })[1], "workers: 0 x m9i.large, 0.00");
  });

  it("is nothing in the sandbox, and unknown for a plain cluster", () => {
    assert.deepEqual(cost(kubeadmCluster({ family: "in-memory-kubeadm" })).parts, []);
    assert.deepEqual(cost(kubeadmCluster({ family: "plain" })).unknown, ["machines of a plain cluster"]);
  });

  it("never falls when machines are added, and its least is never above its most", () => {
    const counts = fc.nat(50);
    fc.assert(
      fc.property(counts, counts, counts, fc.boolean(), (least, more, added, spot) => {
        const pool = (extra: number) => [machines({ least: least + extra, most: least + more + extra, spot })];
        const [before, after] = [pool(0), pool(added)].map((pools) => cost(kubeadmCluster({ pools })).usd);
        assert.ok(before!.least <= before!.most);
        assert.ok(before!.least <= after!.least && before!.most <= after!.most);
      }),
    );
  });
});
