import assert from "node:assert/strict";

import { chartFor } from "../../../../fleet/charts/overrides";
import { managementSettings } from "../../../../fleet/management/settings";
import { eksConfig } from "./fixtures";

describe("settings of a management cluster", () => {
  it("are complete where the stack file says only what it must", () => {
    assert.deepEqual(managementSettings(eksConfig(), undefined), {
      clusterName: "fleet",
      region: "us-west-2",
      kubernetesVersion: "1.35",
      extendedSupport: false,
      vpcRange: "10.0.0.0/16",
      zones: [
        { zone: "us-west-2a", nodes: "10.0.0.0/18", public: "10.0.192.0/22", controlPlane: "10.0.224.0/26" },
        { zone: "us-west-2b", nodes: "10.0.64.0/18", public: "10.0.196.0/22", controlPlane: "10.0.224.64/26" },
        { zone: "us-west-2c", nodes: "10.0.128.0/18", public: "10.0.200.0/22", controlPlane: "10.0.224.128/26" },
      ],
      natGatewayPerZone: true,
      interfaceEndpoints: false,
      flowLogDays: 90,
      publicFrom: ["203.0.113.0/24"],
      admins: ["arn:aws:iam::111122223333:role/platform"],
      instanceTypes: ["m7i.xlarge", "m6i.xlarge"],
      nodesPerZone: 1,
      maxNodesPerZone: 2,
      diskGiB: 100,
      logDays: 90,
      environments: [],
      protect: true,
      charts: { "aws-load-balancer-controller": chartFor("aws-load-balancer-controller") },
    });
  });

  it("are what the stack file says, where it says something", () => {
    const { zones, ...said } = managementSettings(
      eksConfig({
        zones: ["us-west-2d", "us-west-2a", "us-west-2b"],
        size: "large",
        support: "extended",
        network: { range: "10.8.0.0/18", natGateways: "one", interfaceEndpoints: true, flowLogDays: 30 },
        nodes: { instanceTypes: ["m7a.2xlarge"], perZone: 3, maxPerZone: 6, diskGiB: 200 },
        logDays: 365,
        protect: false,
        charts: { "aws-load-balancer-controller": { version: "3.5.1", values: { replicaCount: 3 } } },
      }),
      undefined,
    );
    assert.deepEqual(
      zones.map(({ zone }) => zone),
      ["us-west-2d", "us-west-2a", "us-west-2b"],
    );
    assert.deepEqual(said, {
      ...managementSettingsWithoutZones(),
      extendedSupport: true,
      vpcRange: "10.8.0.0/18",
      natGatewayPerZone: false,
      interfaceEndpoints: true,
      flowLogDays: 30,
      instanceTypes: ["m7a.2xlarge"],
      nodesPerZone: 3,
      maxNodesPerZone: 6,
      diskGiB: 200,
      logDays: 365,
      protect: false,
      charts: {
        "aws-load-balancer-controller": {
          ...chartFor("aws-load-balancer-controller"),
          version: "3.5.1",
          values: { replicaCount: 3 },
        },
      },
    });
  });

  it("always leave room for the node that an upgrade adds first", () => {
    const { nodesPerZone, maxNodesPerZone } = managementSettings(eksConfig({ nodes: { perZone: 7 } }), undefined);
    assert.deepEqual({ nodesPerZone, maxNodesPerZone }, { nodesPerZone: 7, maxNodesPerZone: 8 });
  });

  it("list people, networks and environments in order, whatever the order in the stack file", () => {
    const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
    const { admins, publicFrom, environments } = managementSettings(
      eksConfig({
        access: { publicFrom: ["203.0.113.0/24", "198.51.100.0/24"], admins: [role("b"), role("a")] },
        environments: { staging: {}, production: { roles: [role("y"), role("x")] } },
      }),
      undefined,
    );
    assert.deepEqual(publicFrom, ["198.51.100.0/24", "203.0.113.0/24"]);
    assert.deepEqual(admins, [role("a"), role("b")]);
    assert.deepEqual(environments, [
      { environment: "production", principals: [role("x"), role("y")] },
      { environment: "staging", principals: [] },
    ]);
  });

  it("give the stack's own environment a place too, where it declares clusters itself", () => {
    const { environments } = managementSettings(eksConfig({ environments: { staging: {} } }), "production");
    assert.deepEqual(environments, [
      { environment: "production", principals: [] },
      { environment: "staging", principals: [] },
    ]);
  });
});

function managementSettingsWithoutZones() {
  const { zones: _zones, ...rest } = managementSettings(eksConfig(), undefined);
  return rest;
}
