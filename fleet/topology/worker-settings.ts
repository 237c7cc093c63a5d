import { POOL } from "../labels";
import { type WorkerPoolValues } from "../config/schema/cluster";
import { sortedEntries } from "../sorted";

/** Disk of a machine where nothing else is said, GiB: the system, container images and logs. */
export const VOLUME_GIB = 80;

/** Value of the class variable `worker`. */
export type WorkerSettings = {
  readonly image: { readonly id: string } | { readonly eksLookupType: string };
  readonly instanceType: string;
  readonly instanceProfile: string;
  readonly volumeGiB: number;
  /** `key=value,…`; never empty, for every node says which pool it is of. */
  readonly nodeLabels: string;
  readonly taints: readonly { readonly key: string; readonly value: string; readonly effect: string }[];
};

export function workerSettings(
  pool: string,
  { instanceType = "", volumeGiB = VOLUME_GIB, labels = {}, taints = [] }: WorkerPoolValues,
  { image, instanceProfile }: Pick<WorkerSettings, "image" | "instanceProfile">,
): WorkerSettings {
  return {
    image,
    instanceType,
    instanceProfile,
    volumeGiB,
    nodeLabels: sortedEntries({ ...labels, [POOL]: pool })
      .map(([key, value]) => `${key}=${value}`)
      .join(","),
    taints: taints.map(({ key, value = "", effect }) => ({ key, value, effect })),
  };
}
