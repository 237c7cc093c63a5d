import { type FleetConfig } from "../../fleet/config/config";
import { minorOf } from "../../fleet/versions";

/** A machine image that a simulated account knows. */
export interface Image {
  readonly id: string;
  readonly region: string;
  /** As EC2 calls it. */
  readonly architecture: "x86_64" | "arm64";
  /** The SSM parameter by which AWS tells its id; of AWS' own images. */
  readonly parameter?: string;
}

/** Processor architectures as EC2 calls them. */
export const EC2_ARCHITECTURES = { amd64: "x86_64", arm64: "arm64" } as const;

/** The images that a stack's clusters start from: those that it names, and what EKS recommends where it has clusters. */
export function imagesOf({ classes, clusters }: FleetConfig): Image[] {
  const byRegions = [classes["aws-kubeadm"], classes["aws-eks"]].flatMap(({ images }) => Object.values(images));
  const named = byRegions.flatMap((byRegion) =>
    Object.entries(byRegion).flatMap(([region, { amd64, arm64 }]) => [
      ...(amd64 === undefined ? [] : [{ id: amd64, region, architecture: EC2_ARCHITECTURES.amd64 }]),
      ...(arm64 === undefined ? [] : [{ id: arm64, region, architecture: EC2_ARCHITECTURES.arm64 }]),
    ]),
  );
  const recommended = Object.values(clusters).flatMap(({ class: family, region, version }) =>
    family === "aws-eks" && version !== undefined ? recommendedImages(region, minorOf(version)) : [],
  );
  const unique = new Map([...named, ...recommended].map((image) => [`${image.region} ${image.id}`, image]));
  return [...unique.values()];
}

/** Source of the parameters' names: EKS user guide, "Retrieve recommended Amazon Linux AMI IDs". */
function recommendedImages(region: string, minor: string): Image[] {
  return Object.values(EC2_ARCHITECTURES).map((architecture, index) => ({
    id: `ami-${minor.replace(".", "")}${index}`.padEnd("ami-".length + 17, "0"),
    region,
    architecture,
    parameter: `/aws/service/eks/optimized-ami/${minor}/amazon-linux-2023/${architecture}/standard/recommended/image_id`,
  }));
}
