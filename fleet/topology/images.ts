import { type Architecture } from "../aws/instance-types";
import { type AwsEksConfig, type AwsKubeadmConfig } from "../config/schema/aws-classes";

/** The machine image that the configuration names. */
export function imageOf(
  { images }: Pick<AwsKubeadmConfig | AwsEksConfig, "images">,
  version: string,
  region: string,
  architecture: Architecture,
): string | undefined {
  const ofRegion = Object.entries(images[version] ?? {}).find(([each]) => each === region)?.[1];
  return ofRegion?.[architecture];
}
