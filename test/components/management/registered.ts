import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";

import {
  type EksManagementCluster,
  type EksManagementClusterArgs,
} from "../../../components/management/eks-management-cluster";
import { managementSettings } from "../../../fleet/management/settings";
import { eksConfig } from "../../unit/fleet/management/fixtures";
import { type Registration, valueOf } from "../recorder";
import { recordAws } from "./recorder";

const NAME = "fleet-cluster";
const registrations = recordAws();

/** A management cluster as it was registered; `role` is a child's name without the cluster's. */
export interface Registered {
  readonly cluster: EksManagementCluster;
  /** `Type role` of everything, sorted. */
  readonly kinds: readonly string[];
  inputs(type: string, role: string): Registration["inputs"];
  options(type: string, role: string): pulumi.CustomResourceOptions;
  /** Whether one came after another, which it has to be told to wait for. */
  isAfter(one: readonly [type: string, role: string], other: readonly [type: string, role: string]): boolean;
}

/** Registers the management cluster of a stack file that says `values`. */
export async function register(values: object = {}, args: Partial<EksManagementClusterArgs> = {}): Promise<Registered> {
  const module = await import("../../../components/management/eks-management-cluster");
  registrations.length = 0;
  const options = new Map<string, pulumi.CustomResourceOptions>();
  const cluster = new module.EksManagementCluster(
    NAME,
    { ...managementSettings(eksConfig(values), undefined), ...args },
    {
      protect: true,
      transformations: [
        ({ type, name, opts }) => {
          options.set(kindOf({ type, name }), opts);
          return undefined;
        },
      ],
    },
  );
  await Promise.all(module.readyToInstall(cluster).map(({ urn }) => valueOf(urn)));
  await new Promise((resolve) => setTimeout(resolve, 50));
  return registered(cluster, [...registrations], options);
}

function registered(
  cluster: EksManagementCluster,
  all: readonly Registration[],
  options: ReadonlyMap<string, pulumi.CustomResourceOptions>,
): Registered {
  const kinds = all.map(kindOf);
  const place = (type: string, role: string) => {
    const at = kinds.indexOf(`${type} ${role}`);
    assert.ok(at >= 0, `${type} ${role} is not among ${kinds.join(", ")}`);
    return at;
  };
  return {
    cluster,
    kinds: [...kinds].sort(),
    inputs: (type, role) => all[place(type, role)]!.inputs,
    options: (type, role) => options.get(kinds[place(type, role)]!)!,
    isAfter: (one, other) => place(...one) > place(...other),
  };
}

function kindOf({ type, name }: Pick<Registration, "type" | "name">): string {
  const role = name === NAME ? "itself" : name.replace(`${NAME}-`, "");
  return `${type.split(":").at(-1)} ${role}`;
}
