import { type FleetConfig } from "../config/config";
import { type ClassFamily } from "../families";
import { awsEks } from "./aws-eks";
import { awsKubeadm } from "./aws-kubeadm";
import { type ClassRevision } from "./class-revision";
import { inMemoryKubeadm } from "./in-memory-kubeadm";

/** The revision of each class family that the configuration's clusters use, sorted by family. */
export function classRevisions({ clusters, classes }: Pick<FleetConfig, "clusters" | "classes">): ClassRevision[] {
  const families = new Set(Object.values(clusters).flatMap(({ class: family }) => family ?? []));
  return [...families].sort().map((family) => classRevision(family, classes));
}

function classRevision(family: ClassFamily, classes: FleetConfig["classes"]): ClassRevision {
  switch (family) {
    case "in-memory-kubeadm":
      return inMemoryKubeadm(classes[family]);
    case "aws-kubeadm":
      return awsKubeadm(classes[family]);
    case "aws-eks":
      return awsEks(classes[family]);
  }
}
