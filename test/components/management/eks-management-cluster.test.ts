import assert from "node:assert/strict";
import { parse } from "yaml";

import { trustedPods, trustedService } from "../../../fleet/aws/policy-document";
import { chartFor } from "../../../fleet/charts/overrides";
import { contentHash } from "../../../fleet/content-hash";
import { keyPolicy } from "../../../fleet/management/iam/key-policy";
import { loadBalancerControllerPolicy } from "../../../fleet/management/iam/load-balancer-controller";
import { loadBalancerControllerValues } from "../../../fleet/management/load-balancer-values";
import { valueOf } from "../recorder";
import { ACCOUNT, SECURITY_GROUP } from "./recorder";
import { register, type Registered } from "./registered";

const ZONES = ["a", "b", "c"];
const ADMIN = "arn:aws:iam::111122223333:role/platform";
const PIPELINE = "arn:aws:iam::111122223333:role/pipelines/fleet-production";
const PLACE = { partition: "aws", accountId: ACCOUNT, region: "us-west-2" };
const KEY = `arn:aws:kms:us-west-2:${ACCOUNT}:key/1`;
const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/fleet-${name}`;
const document = (inputs: Readonly<Record<string, unknown>>, member: string): unknown =>
  JSON.parse(String(inputs[member]));

describe("EksManagementCluster", () => {
  let fleet: Registered;
  const inputs = (type: string, role: string) => fleet.inputs(type, role);

  before(async () => {
    fleet = await register({ environments: { production: { roles: [PIPELINE] }, staging: {} } });
  });

  it("is made of 75 resources, with one admin and one pipeline", () => {
    assert.equal(fleet.kinds.length, 75);
  });

  it("registers exactly these resources besides its network's", () => {
    const identities = ["aws-node", "ebs-csi-controller-sa", "control-plane"];
    assert.deepEqual(
      fleet.kinds.filter((kind) => !/ network/.test(kind)),
      [
        "EksManagementCluster itself",
        "Key key",
        "Alias key",
        "LogGroup logs",
        "Cluster itself",
        "AccessEntry access-111122223333-role-platform",
        "AccessPolicyAssociation access-111122223333-role-platform",
        "AccessEntry access-111122223333-role-fleet-production",
        ...identities.flatMap((name) => [`Role ${name}`, `RolePolicyAttachment ${name}`]),
        "Addon eks-pod-identity-agent",
        "Addon vpc-cni",
        "Addon kube-proxy",
        "Role nodes",
        "RolePolicyAttachment nodes-worker",
        "RolePolicyAttachment nodes-images",
        "RolePolicyAttachment nodes-sessions",
        "LaunchTemplate nodes",
        ...ZONES.map((zone) => `NodeGroup nodes-${zone}`),
        "Addon aws-ebs-csi-driver",
        "Addon coredns",
        "Addon eks-node-monitoring-agent",
        "Addon metrics-server",
        "Addon snapshot-controller",
        "kubernetes provider",
        "Role load-balancers",
        "RolePolicy load-balancers",
        "PodIdentityAssociation load-balancers",
        "Release load-balancers",
      ].sort(),
    );
  });

  it("has EKS with a private endpoint, one more for the named networks, and nobody in who is not listed", () => {
    assert.deepEqual(inputs("Cluster", "itself"), {
      name: "fleet",
      version: "1.35",
      roleArn: role("control-plane"),
      vpcConfig: {
        subnetIds: ZONES.map((zone) => `fleet-cluster-network-control-plane-${zone}-id`),
        endpointPrivateAccess: true,
        endpointPublicAccess: true,
        publicAccessCidrs: ["203.0.113.0/24"],
      },
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      bootstrapSelfManagedAddons: false,
      encryptionConfig: { provider: { keyArn: KEY }, resources: ["secrets"] },
      enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      upgradePolicy: { supportType: "STANDARD" },
      zonalShiftConfig: { enabled: true },
      deletionProtection: true,
    });
  });

  it("keeps its logs 90 days under its own key, in a group that is there before EKS would make one", () => {
    assert.deepEqual(inputs("LogGroup", "logs"), {
      name: "/aws/eks/fleet/cluster",
      retentionInDays: 90,
      kmsKeyId: KEY,
    });
    assert.ok(fleet.isAfter(["Cluster", "itself"], ["LogGroup", "logs"]));
  });

  it("has a key that is renewed, for its secrets and its two log groups", () => {
    const { policy, ...key } = inputs("Key", "key");
    assert.deepEqual(key, {
      description: "Secrets and logs of the management cluster fleet",
      enableKeyRotation: true,
      deletionWindowInDays: 30,
    });
    assert.deepEqual(
      JSON.parse(String(policy)),
      keyPolicy(PLACE, ["/aws/eks/fleet/cluster", "/aws/vpc/fleet/flow-logs"]),
    );
    assert.equal(inputs("Alias", "key")["name"], "alias/fleet");
  });

  it("gives an admin all rights on the cluster, and an environment's pipeline its group alone", () => {
    const admin = "access-111122223333-role-platform";
    assert.deepEqual(inputs("AccessEntry", admin), { clusterName: "fleet", principalArn: ADMIN });
    assert.deepEqual(inputs("AccessPolicyAssociation", admin), {
      clusterName: "fleet",
      principalArn: ADMIN,
      policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
      accessScope: { type: "cluster" },
    });
    assert.deepEqual(inputs("AccessEntry", "access-111122223333-role-fleet-production"), {
      clusterName: "fleet",
      principalArn: PIPELINE,
      kubernetesGroups: ["cluster-fleet:production"],
    });
  });

  describe("the nodes", () => {
    it("are one group for each zone, on demand, repaired by EKS, replaced one at a time", () => {
      ZONES.forEach((zone) => {
        assert.deepEqual(inputs("NodeGroup", `nodes-${zone}`), {
          clusterName: "fleet",
          nodeGroupName: `fleet-${zone}-${contentHash(["m7i.xlarge", "m6i.xlarge"])}`,
          nodeRoleArn: role("nodes"),
          subnetIds: [`fleet-cluster-network-nodes-${zone}-id`],
          version: "1.35",
          amiType: "AL2023_x86_64_STANDARD",
          capacityType: "ON_DEMAND",
          instanceTypes: ["m7i.xlarge", "m6i.xlarge"],
          launchTemplate: { id: "fleet-cluster-nodes-id", version: "3" },
          scalingConfig: { minSize: 1, desiredSize: 1, maxSize: 2 },
          updateConfig: { maxUnavailable: 1 },
          nodeRepairConfig: { enabled: true },
        });
      });
    });

    it("keep their credentials from pods, and their disks encrypted; nobody logs in by key", () => {
      const tags = { Name: "fleet-node", "cluster-fleet.io/management": "fleet" };
      assert.deepEqual(inputs("LaunchTemplate", "nodes"), {
        name: "fleet-nodes",
        updateDefaultVersion: true,
        metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
        blockDeviceMappings: [
          {
            deviceName: "/dev/xvda",
            ebs: { volumeType: "gp3", volumeSize: 100, encrypted: "true", deleteOnTermination: "true" },
          },
        ],
        tagSpecifications: [
          { resourceType: "instance", tags },
          { resourceType: "volume", tags },
        ],
      });
    });

    it("may join, pull images and be reached by Session Manager, and nothing more", () => {
      assert.deepEqual(document(inputs("Role", "nodes"), "assumeRolePolicy"), trustedService("ec2.amazonaws.com"));
      assert.deepEqual(
        ["worker", "images", "sessions"].map((purpose) => inputs("RolePolicyAttachment", `nodes-${purpose}`)),
        [
          { role: "fleet-nodes", policyArn: "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy" },
          { role: "fleet-nodes", policyArn: "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly" },
          { role: "fleet-nodes", policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" },
        ],
      );
    });

    it("come after what they need: network plugin, Pod Identity, their rights and their way to the internet", () => {
      for (const zone of ZONES) {
        const group = ["NodeGroup", `nodes-${zone}`] as const;
        for (const addOn of ["vpc-cni", "eks-pod-identity-agent", "kube-proxy"]) {
          assert.ok(fleet.isAfter(group, ["Addon", addOn]), addOn);
        }
        assert.ok(fleet.isAfter(group, ["RolePolicyAttachment", "nodes-worker"]));
        assert.ok(fleet.isAfter(group, ["Route", `network-${zone}-nat`]));
        assert.ok(fleet.isAfter(group, ["RouteTableAssociation", `network-nodes-${zone}`]));
      }
    });
  });

  describe("the add-ons", () => {
    const VERSIONS = { resolveConflictsOnCreate: "OVERWRITE", resolveConflictsOnUpdate: "PRESERVE" };
    const addOn = (addonName: string, more: object = {}) => ({
      clusterName: "fleet",
      addonName,
      addonVersion: `${addonName} of 1.35`,
      ...VERSIONS,
      ...more,
    });

    it("have EKS' own versions for the cluster's minor, and keep what somebody set by hand", () => {
      for (const name of ["eks-pod-identity-agent", "kube-proxy", "coredns", "metrics-server", "snapshot-controller"]) {
        assert.deepEqual(inputs("Addon", name), addOn(name));
      }
      assert.deepEqual(inputs("Addon", "eks-node-monitoring-agent"), addOn("eks-node-monitoring-agent"));
    });

    it("enforce network policies, and call AWS by roles of their own service accounts", () => {
      const identity = (serviceAccount: string) => ({
        podIdentityAssociations: [{ serviceAccount, roleArn: role(serviceAccount) }],
      });
      assert.deepEqual(
        inputs("Addon", "vpc-cni"),
        addOn("vpc-cni", { configurationValues: '{"enableNetworkPolicy":"true"}', ...identity("aws-node") }),
      );
      assert.deepEqual(
        inputs("Addon", "aws-ebs-csi-driver"),
        addOn("aws-ebs-csi-driver", identity("ebs-csi-controller-sa")),
      );
      const policies = {
        "aws-node": "AmazonEKS_CNI_Policy",
        "ebs-csi-controller-sa": "service-role/AmazonEBSCSIDriverPolicy",
      };
      for (const [name, policy] of Object.entries(policies)) {
        assert.deepEqual(
          document(inputs("Role", name), "assumeRolePolicy"),
          trustedPods({ clusterName: "fleet", namespace: "kube-system", name }),
        );
        assert.deepEqual(inputs("RolePolicyAttachment", name), {
          role: `fleet-${name}`,
          policyArn: `arn:aws:iam::aws:policy/${policy}`,
        });
      }
    });

    it("that run on nodes wait for all of them, and volumes for snapshots", () => {
      for (const name of ["coredns", "metrics-server", "snapshot-controller", "eks-node-monitoring-agent"]) {
        for (const zone of ZONES) {
          assert.ok(fleet.isAfter(["Addon", name], ["NodeGroup", `nodes-${zone}`]), `${name} ${zone}`);
        }
      }
      assert.ok(fleet.isAfter(["Addon", "aws-ebs-csi-driver"], ["Addon", "snapshot-controller"]));
    });
  });

  describe("the load balancer controller", () => {
    it("is the catalogue's chart, told where it is", () => {
      const { chart, version, repo } = chartFor("aws-load-balancer-controller");
      const release = inputs("Release", "load-balancers");
      assert.deepEqual(
        [release["chart"], release["version"], release["repositoryOpts"], release["name"], release["namespace"]],
        [chart, version, { repo }, "aws-load-balancer-controller", "kube-system"],
      );
      assert.deepEqual(
        release["values"],
        loadBalancerControllerValues({
          clusterName: "fleet",
          region: "us-west-2",
          vpcId: "fleet-cluster-network-id",
        }),
      );
    });

    it("has its own role for its own service account, before its first pod", () => {
      const name = "aws-load-balancer-controller";
      assert.deepEqual(
        document(inputs("Role", "load-balancers"), "assumeRolePolicy"),
        trustedPods({ clusterName: "fleet", namespace: "kube-system", name }),
      );
      assert.deepEqual(
        document(inputs("RolePolicy", "load-balancers"), "policy"),
        loadBalancerControllerPolicy(PLACE, "fleet"),
      );
      assert.deepEqual(inputs("PodIdentityAssociation", "load-balancers"), {
        clusterName: "fleet",
        namespace: "kube-system",
        serviceAccount: name,
        roleArn: role("load-balancers"),
      });
      const release = ["Release", "load-balancers"] as const;
      assert.ok(fleet.isAfter(release, ["PodIdentityAssociation", "load-balancers"]));
      assert.ok(fleet.isAfter(release, ["RolePolicy", "load-balancers"]));
      assert.ok(fleet.isAfter(release, ["Addon", "coredns"]));
      assert.ok(fleet.isAfter(release, ["kubernetes", "provider"]));
    });

    it("is missed by name where its chart is not given", async () => {
      await assert.rejects(register({}, { charts: { rancher: chartFor("rancher") } }), {
        message: "charts: lacks the chart aws-load-balancer-controller (got rancher). Add it under that name.",
      });
    });
  });

  it("has a provider that is tied to its name alone and enters only after those who may", () => {
    const { kubeconfig, ...rest } = inputs("kubernetes", "provider");
    assert.deepEqual(rest, {
      clusterIdentifier: "fleet",
      upsertExistingObjects: "true",
      enablePatchForce: "true",
    });
    const { clusters } = parse(String(kubeconfig)) as { clusters: { cluster: object }[] };
    assert.deepEqual(clusters[0]?.cluster, {
      server: "https://fleet.example.com",
      "certificate-authority-data": "Q0E=",
    });
    assert.ok(
      fleet.isAfter(["kubernetes", "provider"], ["AccessPolicyAssociation", "access-111122223333-role-platform"]),
    );
  });

  it("puts out how to reach it, and what others build on", async () => {
    const { clusterName, endpoint, oidcIssuer, vpcId, natAddresses, nodeRoleArn, clusterSecurityGroupId } =
      fleet.cluster;
    assert.equal(await valueOf(clusterName), "fleet");
    assert.equal(await valueOf(endpoint), "https://fleet.example.com");
    assert.equal(await valueOf(oidcIssuer), "https://oidc.example.com/fleet");
    assert.equal(await valueOf(vpcId), "fleet-cluster-network-id");
    assert.deepEqual(
      await valueOf(natAddresses),
      ZONES.map((zone) => `address of fleet-nat-${zone}`),
    );
    assert.equal(await valueOf(nodeRoleArn), role("nodes"));
    assert.equal(await valueOf(clusterSecurityGroupId), SECURITY_GROUP);
  });

  it("is protected, save nodes and people, which change in daily life", () => {
    for (const zone of ZONES) {
      assert.equal(fleet.options("NodeGroup", `nodes-${zone}`).protect, false);
    }
    assert.equal(fleet.options("AccessEntry", "access-111122223333-role-platform").protect, false);
    assert.notEqual(fleet.options("Cluster", "itself").protect, false);
  });
});

describe("EksManagementCluster of other settings", () => {
  it("is reached from inside alone where no network is named", async () => {
    const fleet = await register({ access: { fromInside: true, admins: [ADMIN] } });
    assert.deepEqual(fleet.inputs("Cluster", "itself")["vpcConfig"], {
      subnetIds: ZONES.map((zone) => `fleet-cluster-network-control-plane-${zone}-id`),
      endpointPrivateAccess: true,
      endpointPublicAccess: false,
    });
  });

  it("pays for extended support, and may be deleted, where the stack file says so", async () => {
    const fleet = await register({ support: "extended", protect: false });
    const { upgradePolicy, deletionProtection } = fleet.inputs("Cluster", "itself");
    assert.deepEqual([upgradePolicy, deletionProtection], [{ supportType: "EXTENDED" }, false]);
  });

  it("knows everybody once: an admin who declares clusters, a pipeline of two environments, a role of two accounts", async () => {
    const admins = ["111122223333", "444455556666"].map((account) => `arn:aws:iam::${account}:role/platform`);
    const environments = { production: { roles: [PIPELINE, ADMIN] }, staging: { roles: [PIPELINE] } };
    const fleet = await register({ access: { fromInside: true, admins }, environments });
    assert.deepEqual(
      fleet.kinds.filter((kind) => kind.startsWith("Access")),
      [
        "AccessEntry access-111122223333-role-fleet-production",
        "AccessEntry access-111122223333-role-platform",
        "AccessEntry access-444455556666-role-platform",
        "AccessPolicyAssociation access-111122223333-role-platform",
        "AccessPolicyAssociation access-444455556666-role-platform",
      ],
    );
    const groups = (role: string) => fleet.inputs("AccessEntry", `access-${role}`)["kubernetesGroups"];
    assert.deepEqual(groups("111122223333-role-fleet-production"), [
      "cluster-fleet:production",
      "cluster-fleet:staging",
    ]);
    assert.deepEqual(groups("111122223333-role-platform"), ["cluster-fleet:production"]);
    assert.equal(groups("444455556666-role-platform"), undefined);
  });
});
