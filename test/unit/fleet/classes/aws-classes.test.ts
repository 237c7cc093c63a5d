import * as assert from "node:assert/strict";

import { awsEks } from "../../../../fleet/classes/aws-eks";
import { awsKubeadm } from "../../../../fleet/classes/aws-kubeadm";
import { type ClassRevision } from "../../../../fleet/classes/class-revision";
import { AUDIT_POLICY } from "../../../../fleet/classes/kubeadm/audit-policy";
import { encryptionConfiguration } from "../../../../fleet/classes/kubeadm/encryption";
import { awsEks as eksSchema, awsKubeadm as kubeadmSchema } from "../../../../fleet/config/schema/aws-classes";
import { parse } from "yaml";

const kubeadm = (config: object = {}) => awsKubeadm(kubeadmSchema.parse(config));
const eks = (config: object = {}) => awsEks(eksSchema.parse(config));

interface ClassSpec {
  readonly variables: readonly { readonly name: string }[];
  readonly patches: readonly {
    readonly definitions: readonly {
      readonly selector: { readonly kind: string };
      readonly jsonPatches: readonly {
        readonly valueFrom: { readonly variable?: string; readonly template?: string };
      }[];
    }[];
  }[];
}

function variablesUsed({ clusterClass }: ClassRevision): Set<string> {
  const { patches } = clusterClass.spec as unknown as ClassSpec;
  const sources = patches.flatMap(({ definitions }) => definitions.flatMap(({ jsonPatches }) => jsonPatches));
  const names = sources.flatMap(({ valueFrom: { variable, template = "" } }) => [
    ...(variable === undefined ? [] : [variable.split(".")[0] ?? ""]),
    ...[...template.matchAll(/(?:\{\{-? ?(?:range|if)? ?)\.(\w+)/g)].map(([, name]) => name ?? ""),
  ]);
  return new Set(names.filter((name) => !["builtin", "", "key", "value", "effect"].includes(name)));
}

for (const [family, build] of Object.entries({ "aws-kubeadm": kubeadm, "aws-eks": eks })) {
  describe(`the class ${family}`, () => {
    it("uses every variable that it defines, and no other", () => {
      const { variables } = build().clusterClass.spec as unknown as ClassSpec;
      assert.deepEqual([...variablesUsed(build())].sort(), variables.map(({ name }) => name).sort());
    });

    it("patches only kinds that it has templates of", () => {
      const { patches } = build().clusterClass.spec as unknown as ClassSpec;
      const kinds = build().templates.map(({ kind }) => kind);
      for (const { definitions } of patches)
        assert.ok(definitions.every(({ selector }) => kinds.includes(selector.kind)));
    });

    it("is the same revision whatever a cluster's own values are, and another one with other rules for machines", () => {
      const images = { "v1.35.2": { "us-west-2": { amd64: "ami-0123456789abcdef0" } } };
      assert.equal(build({ images, instanceProfile: "mine" }).name, build().name);
      assert.notEqual(build({ drainTimeoutMinutes: 5 }).name, build().name);
    });

    it("has machines with metadata by sessions alone and not from pods of workers, an encrypted disk, no SSH key and no public address", () => {
      const machines = build().templates.filter(({ kind }) => kind === "AWSMachineTemplate");
      assert.ok(machines.length >= 2);
      for (const { spec, metadata } of machines) {
        const machine = (spec["template"] as { spec: Record<string, unknown> }).spec;
        const options = machine["instanceMetadataOptions"] as Record<string, unknown>;
        const hops = metadata.name.includes("control-plane") ? 2 : 1;
        assert.deepEqual([options["httpTokens"], options["httpPutResponseHopLimit"]], ["required", hops]);
        assert.equal((machine["rootVolume"] as Record<string, unknown>)["encrypted"], true);
        assert.deepEqual([machine["sshKeyName"], machine["publicIP"]], ["", false]);
      }
    });

    it("never drains for ever", () => {
      const { workers } = build().clusterClass.spec as { workers: { machineDeployments: readonly object[] } };
      for (const each of workers.machineDeployments) {
        assert.equal((each as { deletion: Record<string, number> }).deletion["nodeDrainTimeoutSeconds"], 1800);
      }
    });
  });
}

describe("what a kubeadm control plane is given", () => {
  it("is an audit policy that logs changes with their content, and of Secrets never more than who asked", () => {
    const { rules } = parse(AUDIT_POLICY) as { rules: { level: string; resources?: { resources: string[] }[] }[] };
    const secrets = rules.findIndex(({ resources = [] }) =>
      resources.some((each) => each.resources.includes("secrets")),
    );
    assert.equal(rules[secrets]?.level, "Metadata");
    assert.ok(secrets < rules.findIndex(({ level }) => level === "RequestResponse"));
  });

  it("is an encryption configuration that writes with the key, and still reads what was written without", () => {
    const { resources } = parse(encryptionConfiguration("a2V5")) as { resources: { providers: object[] }[] };
    assert.deepEqual(resources[0]?.providers, [
      { secretbox: { keys: [{ name: "key1", secret: "a2V5" }] } },
      { identity: {} },
    ]);
  });
});
