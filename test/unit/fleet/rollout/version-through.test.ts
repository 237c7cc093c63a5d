import assert from "node:assert/strict";

import { type ClusterConfig, type FleetConfig } from "../../../../fleet/config/config";
import { versionThrough } from "../../../../fleet/rollout/version-through";

const AMI = { amd64: "ami-0123456789abcdef0" };

function through(minor: string, cluster: object, images: object = {}, versions: object = {}): string {
  const config = { classes: { "aws-kubeadm": { images }, "aws-eks": { images } }, versions } as unknown as FleetConfig;
  return versionThrough(minor, { region: "eu-west-1", version: "v1.36.2", ...cluster } as ClusterConfig, config);
}

describe("the version by which a minor is passed through", () => {
  const dates = { released: "2026-01-01", standardEnds: "2099-01-01" };
  const known = { kubernetes: { "1.90": { ...dates, newestPatch: "v1.90.7" } } };

  it("is the target itself where it is of that minor", () => {
    assert.equal(through("1.36", { class: "in-memory-kubeadm" }), "v1.36.2");
  });

  it("is the newest patch that is known", () => {
    assert.equal(through("1.90", { class: "in-memory-kubeadm" }, {}, known), "v1.90.7");
  });

  it("is upstream's newest patch on EKS, which has none of its own", () => {
    assert.equal(through("1.90", { class: "aws-eks" }, {}, known), "v1.90.7");
  });

  it("is the first patch where nothing is known of the minor", () => {
    assert.equal(through("1.99", { class: "in-memory-kubeadm" }), "v1.99.0");
  });

  it("is the newest with images in the region of a cluster on AWS, by number, not by text", () => {
    const images = {
      "v1.90.10": { "eu-west-1": AMI },
      "v1.90.9": { "eu-west-1": AMI },
      "v1.90.11": { "us-east-1": AMI },
      "v1.91.1": { "eu-west-1": AMI },
    };
    for (const family of ["aws-kubeadm", "aws-eks"]) {
      assert.equal(through("1.90", { class: family }, images, known), "v1.90.10");
    }
    assert.equal(through("1.90", { class: "in-memory-kubeadm" }, images, known), "v1.90.7");
  });

  it("needs no version of the cluster", () => {
    assert.equal(through("1.90", { class: "in-memory-kubeadm", version: undefined }, {}, known), "v1.90.7");
  });
});
