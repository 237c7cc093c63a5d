import assert from "node:assert/strict";

import { controllerFlags } from "../../../../fleet/cluster-api/controller-flags";
import { clusterApiSettings } from "../../../../fleet/management/cluster-api-settings";
import { SIZES } from "../../../../fleet/management/sizes";
import { CAPA, CLUSTER_API } from "../../../../fleet/versions";
import { eksConfig } from "./fixtures";

const RANCHER = { hostname: "rancher.example.com", version: "v2.15.0" };

describe("settings of Cluster API", () => {
  it("are complete where the stack file says nothing", () => {
    assert.deepEqual(clusterApiSettings(eksConfig()), {
      installer: "operator",
      coreVersion: `v${CLUSTER_API}`,
      capaVersion: `v${CAPA}`,
      caaphVersion: "v0.6.4",
      iamPath: "/",
      accounts: [],
      controllerFlags: controllerFlags(SIZES.small),
    });
  });

  it("leave the installation to Rancher where there is one", () => {
    assert.equal(clusterApiSettings(eksConfig({ rancher: RANCHER })).installer, "turtles");
    assert.equal(
      clusterApiSettings(eksConfig({ rancher: RANCHER, clusterApi: { installer: "none" } })).installer,
      "none",
    );
    assert.equal(clusterApiSettings(eksConfig({ rancher: false })).installer, "operator");
  });

  it("are what the stack file says, where it says something, accounts in order", () => {
    const role = (account: string) => `arn:aws:iam::${account}:role/fleet-member`;
    const settings = clusterApiSettings(
      eksConfig({
        size: "large",
        clusterApi: {
          installer: "none",
          capa: "v2.11.1",
          caaph: false,
          iam: { path: "/platform/", permissionsBoundary: "arn:aws:iam::111122223333:policy/boundary" },
          accounts: {
            "777788889999": { role: role("777788889999"), namespaces: ["staging"], externalId: "fleet-2026" },
            "444455556666": { role: role("444455556666"), namespaces: ["staging", "production"] },
          },
        },
      }),
    );
    assert.deepEqual(settings, {
      installer: "none",
      coreVersion: `v${CLUSTER_API}`,
      capaVersion: "v2.11.1",
      iamPath: "/platform/",
      permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/boundary",
      accounts: [
        { accountId: "444455556666", roleArn: role("444455556666"), namespaces: ["production", "staging"] },
        {
          accountId: "777788889999",
          roleArn: role("777788889999"),
          namespaces: ["staging"],
          externalId: "fleet-2026",
        },
      ],
      controllerFlags: controllerFlags(SIZES.large),
    });
  });
});
