import { ENVIRONMENT, MANAGED_BY, MANAGER } from "./labels";
import { type ObservedCluster } from "./observed";

/** Whether the stack of an environment declared a live cluster. */
export function isOurs({ labels }: ObservedCluster, environment: string): boolean {
  return labels[MANAGED_BY] === MANAGER && labels[ENVIRONMENT] === environment;
}
