import assert from "node:assert/strict";

import { ClusterApiInstaller } from "../../../../fleet/cluster-api/installer";
import { type ClusterApiOwners, ownerProblems } from "../../../../fleet/management/cluster-api-owner";
import { lines } from "./fixtures";

describe("the owner of Cluster API", () => {
  const problems = (owners: ClusterApiOwners) => lines(ownerProblems(owners));

  it("is Rancher where there is Rancher, else the operator", () => {
    assert.deepEqual(problems({ rancher: true, installer: ClusterApiInstaller.Turtles }), []);
    assert.deepEqual(problems({ rancher: false, installer: ClusterApiInstaller.Operator }), []);
  });

  it("may be somebody else, with and without Rancher", () => {
    assert.deepEqual(problems({ rancher: true, installer: ClusterApiInstaller.None }), []);
    assert.deepEqual(problems({ rancher: false, installer: ClusterApiInstaller.None, liveOwners: ["operator"] }), []);
  });

  it("cannot be Turtles without Rancher", () => {
    assert.deepEqual(problems({ rancher: false, installer: ClusterApiInstaller.Turtles }), [
      'clusterApi.installer: comes with Rancher, and there is none (got "turtles"). Write operator, or declare rancher.',
    ]);
  });

  it("cannot be the operator beside Rancher", () => {
    assert.deepEqual(problems({ rancher: true, installer: ClusterApiInstaller.Operator }), [
      "clusterApi.installer: would be a second owner of Cluster API beside Rancher, which installs it itself " +
        '(got "operator"). Write turtles, or rancher: false.',
    ]);
  });

  it("never changes on a live management cluster", () => {
    const change = (installer: string, owner: string) =>
      `clusterApi.installer: is not ${owner}, which has installed Cluster API on the management cluster ` +
      `(got "${installer}"). Keep what is there, write none, or move to another management cluster: clusters would ` +
      "lose their owner.";
    const live = ["turtles", "clusterctl", "turtles"];
    assert.deepEqual(problems({ rancher: false, installer: ClusterApiInstaller.Operator, liveOwners: live }), [
      change("operator", "clusterctl"),
      change("operator", "turtles"),
    ]);
    assert.deepEqual(problems({ rancher: true, installer: ClusterApiInstaller.Turtles, liveOwners: ["turtles"] }), []);
  });

  it("is judged for both, what is declared and what lives, at once", () => {
    const owners = { rancher: true, installer: ClusterApiInstaller.Operator, liveOwners: ["turtles"] };
    assert.equal(problems(owners).length, 2);
  });
});
