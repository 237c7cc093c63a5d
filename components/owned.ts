import { FIELD_MANAGER, MANAGED_BY, MANAGER } from "../fleet/labels";

/** Metadata that says whose an object is. */
export function owned() {
  return { labels: { [MANAGED_BY]: MANAGER }, annotations: { [FIELD_MANAGER]: MANAGER } };
}
