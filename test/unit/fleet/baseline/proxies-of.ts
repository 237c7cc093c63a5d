import { type BaselineMember } from "../../../../fleet/baseline/plan";
import { type ManagementObject } from "../../../../fleet/baseline/resource-sets";
import { addOnTracks, declaredProxies } from "../../../../fleet/baseline/tracks";
import { type AddOnsConfig } from "../../../../fleet/config/schema/baseline";

/** The add-ons that a first run declares for clusters. */
export function proxiesOf(members: readonly BaselineMember[], config: AddOnsConfig): ManagementObject[] {
  return addOnTracks(members, config, []).flatMap((track) => declaredProxies(track, true));
}
