import assert from "node:assert/strict";

import {
  CAPA,
  CLUSTER_API,
  compatibleSet,
  makesWorkload,
  type VersionSet,
  workloadRange,
} from "../../../../fleet/versions";
import { compatibilityData } from "../../../../fleet/versions/compatibility-data";

const GOOD = { clusterApi: "1.13.4", capa: "2.13.0", managementKubernetes: "v1.36.3", workloadKubernetes: ["v1.35.9"] };

const told = (set: Partial<VersionSet>) =>
  compatibleSet({ ...GOOD, ...set }).map(
    ({ path, what, got, remedy, level }) => `${level}: ${path}: ${what} (got ${got}). ${remedy}.`,
  );

describe("a set of releases", () => {
  it("as we install it goes together", () => {
    assert.deepEqual(told({ clusterApi: CLUSTER_API, capa: CAPA }), []);
  });

  it("as each Rancher of the data brings and certifies it goes together", () => {
    for (const { minor, kubernetes, clusterApi, certifiedCapa: capa } of compatibilityData.rancher) {
      if (clusterApi === undefined) continue;
      const managementKubernetes = `v${kubernetes[0]}.0`;
      const set = { rancher: `${minor}.0`, clusterApi, capa, managementKubernetes, workloadKubernetes: [] };
      assert.deepEqual(told(set), [], minor);
    }
  });

  const cases: [string, Partial<VersionSet>, string[]][] = [
    [
      "a management cluster too new for Cluster API",
      { managementKubernetes: "v1.37.2" },
      [
        "incompatible: managementKubernetes: is outside what Cluster API 1.13.4 runs on, 1.32 to 1.36 (got v1.37.2). Use 1.32 to 1.36.",
      ],
    ],
    [
      "a workload cluster too old and one too new, each once",
      { workloadKubernetes: ["v1.29.14", "v1.35.9", "v1.37.0", "v1.37.0"] },
      [
        "incompatible: workloadKubernetes: is outside what Cluster API 1.13.4 makes, 1.30 to 1.36 (got v1.29.14). Use 1.30 to 1.36.",
        "incompatible: workloadKubernetes: is outside what Cluster API 1.13.4 makes, 1.30 to 1.36 (got v1.37.0). Use 1.30 to 1.36.",
      ],
    ],
    [
      "nothing where a later patch of Cluster API widened the range",
      { clusterApi: "v1.13.6", workloadKubernetes: ["v1.37.0"] },
      [],
    ],
    [
      "a Cluster API that nobody has told us of",
      { clusterApi: "1.13.0", capa: undefined },
      [
        "unproven: clusterApi: is a release of Cluster API of which the compatibility data says nothing (got 1.13.0). " +
          "Use 1.10.4, 1.11.1, 1.12.7, 1.13.1, 1.14.0 or a later patch of theirs, or update cluster-fleet.",
      ],
    ],
    [
      "an AWS provider that is newer than Cluster API",
      { clusterApi: "1.12.10", managementKubernetes: "v1.35.9" },
      [
        "incompatible: clusterApi: is outside what the AWS provider 2.13.0 works with, 1.13 to 1.15 (got 1.12.10). Use 1.13 to 1.15.",
      ],
    ],
    [
      "an AWS provider that nobody has told us of",
      { capa: "3.0.0" },
      [
        "unproven: capa: is a release of the AWS provider of which the compatibility data says nothing (got 3.0.0). " +
          "Use 2.9, 2.10, 2.11, 2.12, 2.13, or update cluster-fleet.",
      ],
    ],
    [
      "a Rancher that brings another Cluster API, below a Kubernetes that its chart refuses",
      { rancher: "2.14.4", capa: "2.13.0" },
      [
        "incompatible: managementKubernetes: is outside what Rancher 2.14 runs on (its chart asks for <1.36), 1.33 to 1.35 (got v1.36.3). Use 1.33 to 1.35.",
        "incompatible: clusterApi: is not of the minor that Rancher 2.14 installs itself, 1.12.7 (got 1.13.4). Use 1.12.7.",
        "unproven: capa: is not the AWS provider that Rancher 2.14 is certified with, 2.10.1 (got 2.13.0). Use 2.10.1, or test this one.",
      ],
    ],
    [
      "a Rancher that we refuse",
      { rancher: "2.16.0" },
      [
        "incompatible: rancher: is 2.16 or newer: it brings Cluster API 1.14, with which clusters on EKS never finish an upgrade " +
          "(got 2.16.0). Use 2.12, 2.13, 2.14, 2.15.",
      ],
    ],
    [
      "a Rancher that nobody has told us of",
      { rancher: "2.9.0" },
      [
        "unproven: rancher: is a release of Rancher of which the compatibility data says nothing (got 2.9.0). " +
          "Use 2.12, 2.13, 2.14, 2.15, or update cluster-fleet.",
      ],
    ],
    [
      "an add-on that does not know the workload's Kubernetes, and nothing about one without data",
      { addOns: { "cert-manager": "1.20.3", "argo-cd": "3.5.0" }, workloadKubernetes: ["v1.36.4"] },
      [
        "incompatible: workloadKubernetes: is outside what cert-manager 1.20.3 supports, 1.32 to 1.35 (got v1.36.4). Use 1.32 to 1.35.",
      ],
    ],
  ];
  for (const [claim, set, expected] of cases) {
    it(`tells ${claim}`, () => assert.deepEqual(told(set), expected));
  }
});

describe("the Cluster API that we install", () => {
  it("makes a workload version or not; of an unknown release nobody can tell", () => {
    const [oldest, newest] = workloadRange()!;
    assert.equal(makesWorkload(`v${oldest}.0`), true);
    assert.equal(makesWorkload(`v${newest}.9`), true);
    assert.equal(makesWorkload("v1.9.0"), false);
    assert.equal(makesWorkload("v1.99.0"), false);
    assert.equal(makesWorkload("v1.35.0", "9.9.9"), undefined);
  });
});
