import assert from "node:assert/strict";

import { explainCluster } from "../../../../fleet/config/explain";
import { rawConfig } from "../fixtures";

const RAW = rawConfig({
  base: { version: "v1.35.2", controlPlane: { replicas: 5 }, workers: { default: { replicas: 2 } } },
  overlay: { controlPlane: { replicas: 3 } },
  clusters: {
    one: { class: "in-memory-kubeadm", region: "r", workers: { default: { min: 1, max: 4 } } },
    eks: { class: "aws-eks", region: "eu-west-1" },
  },
});

describe("explaining a cluster", () => {
  it("tells of each value where it was set, and what it replaced", () => {
    const [value, ...more] = explainCluster(RAW, [], "one", ["controlPlane"]).values;
    assert.deepEqual(more, []);
    assert.deepEqual(value, {
      path: ["controlPlane", "replicas"],
      value: 3,
      origins: [
        { level: "overlay", path: ["overlay", "controlPlane", "replicas"], value: 3 },
        { level: "base", path: ["base", "controlPlane", "replicas"], value: 5 },
      ],
    });
  });

  it("tells what the cluster has no use for, and why", () => {
    const replicas = explainCluster(RAW, [], "one", ["workers", "default", "replicas"]).values;
    assert.deepEqual(replicas, [
      {
        path: ["workers", "default", "replicas"],
        origins: [
          {
            level: "base",
            path: ["base", "workers", "default", "replicas"],
            value: 2,
            leftAside: "the pool is sized by min and max",
          },
        ],
      },
    ]);
    const [controlPlane] = explainCluster(RAW, [], "eks", ["controlPlane"]).values;
    assert.deepEqual(
      controlPlane?.origins.map(({ leftAside }) => leftAside),
      ["EKS runs the control plane of class aws-eks", "EKS runs the control plane of class aws-eks"],
    );
  });

  it("tells of defaults that nobody set them", () => {
    assert.deepEqual(explainCluster(RAW, [], "one", ["paused"]).values, [
      { path: ["paused"], value: false, origins: [] },
    ]);
  });

  it("names the clusters there are, where the one asked for is none of them", () => {
    const { values, clusters } = explainCluster(RAW, [], "two");
    assert.deepEqual(values, []);
    assert.deepEqual(clusters, ["eks", "one"]);
  });

  it("explains what is right of a configuration with mistakes, and hands the mistakes over", () => {
    const raw = { ...RAW, clusters: { one: { class: "in-memory-kubeadm", region: "r", versoin: "v1.36.1" } } };
    const { values, problems } = explainCluster(raw, [], "one", ["version"]);
    assert.equal(values[0]?.value, "v1.35.2");
    assert.deepEqual(
      problems.map(({ rule }) => rule),
      ["unknown-key"],
    );
  });
});
