import { VpcAssociationAuthorization, ZoneAssociation } from "@pulumi/aws/route53";
import type * as pulumi from "@pulumi/pulumi";

interface SeenZone {
  readonly zoneId: pulumi.Input<string>;
  readonly vpcId: pulumi.Input<string>;
  readonly vpcRegion: string;
}

/** Lets a network of any account see a private zone of the management cluster's account. */
export function showZone(
  name: string,
  zone: SeenZone,
  home: pulumi.CustomResourceOptions,
  there: pulumi.CustomResourceOptions,
): void {
  const authorization =
    there.provider === undefined
      ? undefined
      : new VpcAssociationAuthorization(`${name}-zone-authorization`, zone, home);
  new ZoneAssociation(`${name}-zone`, { ...zone, zoneId: authorization?.zoneId ?? zone.zoneId }, there);
}
