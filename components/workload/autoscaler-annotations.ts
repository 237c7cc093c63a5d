import { AUTOSCALER_MAX_SIZE, AUTOSCALER_MIN_SIZE } from "../../fleet/labels";

/** What the cluster autoscaler may do with a machine deployment or pool; nothing where it does not decide. */
export function autoscalerAnnotations({ min, max }: { min?: number; max?: number }): Record<string, string> {
  return min === undefined || max === undefined
    ? {}
    : { [AUTOSCALER_MIN_SIZE]: String(min), [AUTOSCALER_MAX_SIZE]: String(max) };
}
