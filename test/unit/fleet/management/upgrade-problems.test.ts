import * as assert from "node:assert/strict";

import { type EksManagementConfig, management } from "../../../../fleet/config/schema/management";
import { requireAllowedUpgrade, type RunningManagement } from "../../../../fleet/management/upgrade-problems";

const EKS = {
  kind: "eks",
  name: "fleet",
  region: "us-west-2",
  version: "v1.35",
  access: { fromInside: true, admins: ["arn:aws:iam::111122223333:role/platform"] },
};

function declared(more: Record<string, unknown>): EksManagementConfig {
  return management.parse({ ...EKS, ...more }) as EksManagementConfig;
}

function refusal(more: Record<string, unknown>, running: RunningManagement): string {
  try {
    requireAllowedUpgrade(declared(more), running);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

const RANCHER = { hostname: "rancher.example.com", version: "v2.15.0" };

describe("an upgrade of the management cluster", () => {
  it("may begin from nothing, stay, or go up by a minor", () => {
    assert.equal(refusal({ rancher: RANCHER }, {}), "");
    assert.equal(refusal({}, { kubernetes: "1.35" }), "");
    assert.equal(refusal({ version: "v1.36" }, { kubernetes: "1.35" }), "");
  });

  it("goes up one minor at a time and never back", () => {
    assert.equal(
      refusal({ version: "v1.36" }, { kubernetes: "1.34" }),
      "The management cluster cannot go there from where it is (1 problem):\n" +
        '  1. management.version: skips 1 minor(s) after what runs, v1.34 (got "v1.36"). ' +
        "Go up one minor at a time, each in a run of its own.",
    );
    assert.equal(
      refusal({}, { kubernetes: "1.36" }),
      "The management cluster cannot go there from where it is (1 problem):\n" +
        '  1. management.version: is older than what runs, v1.36 (got "v1.35"). Keep v1.36: EKS does not go back.',
    );
  });

  it("takes Rancher up before EKS", () => {
    const running = { kubernetes: "1.35", rancher: "v2.14.4", rancherHostname: "rancher.example.com" };
    assert.equal(
      refusal({ version: "v1.36", rancher: RANCHER }, running),
      "The management cluster cannot go there from where it is (1 problem):\n" +
        "  1. management.version: is newer than what the Rancher that runs, v2.14.4, takes, up to 1.35; EKS moves before " +
        'Rancher (got "v1.36"). Leave EKS as it is in this run, take Rancher to v2.15.0, then EKS.',
    );
    assert.equal(refusal({ rancher: RANCHER }, running), "");
  });

  it("says everything at once that forbids it", () => {
    const running = { kubernetes: "1.36", rancher: "v2.15.0", rancherHostname: "old.example.com" };
    const said = refusal({ rancher: { ...RANCHER, version: "v2.14.4" } }, running);
    assert.match(said, /\(3 problems\)/);
    assert.match(said, /management\.version: is older than what runs/);
    assert.match(said, /management\.rancher\.version: is older than what runs, v2\.15\.0; Rancher does not go back/);
    assert.match(said, /management\.rancher\.hostname: is not the name that Rancher runs under, old\.example\.com/);
  });
});
