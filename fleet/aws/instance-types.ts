import { z } from "zod";

import { dataFile, row } from "../versions/data-file";
import shipped from "./data/instance-types.json";

const ARCHITECTURES = ["amd64", "arm64"] as const;

/** Processor architecture, as Kubernetes and the images of machines name it. */
export type Architecture = (typeof ARCHITECTURES)[number];

/** What EC2 says of a machine type. */
export interface InstanceType {
  /** `m7i.large` */
  readonly name: string;
  /** The part of its name before the dot, `m7i`: types of a family differ in size alone. */
  readonly family: string;
  readonly vcpus: number;
  readonly memoryGiB: number;
  readonly architecture: Architecture;
}

const name = z.string().min(1);

/** The table's file: processors and GiB of memory of each size of a family. Each family stands in it once. */
export const instanceTypesFile = dataFile({
  types: row({
    families: z
      .array(
        z.strictObject({
          family: name,
          architecture: z.enum(ARCHITECTURES),
          sizes: z.record(name, z.tuple([z.int().positive(), z.number().positive()])),
        }),
      )
      .refine((rows) => new Set(rows.map(({ family }) => family)).size === rows.length, "list a family twice"),
  }),
});

/** The file that ships with this version, with its date and source. */
export const instanceTypesData = instanceTypesFile.parse(shipped);

const KNOWN: ReadonlyMap<string, InstanceType> = new Map(
  instanceTypesData.types.families.flatMap(({ family, architecture, sizes }) =>
    Object.entries(sizes).map(([size, [vcpus, memoryGiB]]): [string, InstanceType] => {
      const name = `${family}.${size}`;
      return [name, { name, family, vcpus, memoryGiB, architecture }];
    }),
  ),
);

/** A machine type of the table; undefined for one that it lacks. */
export function instanceType(name: string): InstanceType | undefined {
  return KNOWN.get(name);
}

/** The names of all machine types of the table, by family. */
export function knownInstanceTypes(): readonly string[] {
  return [...KNOWN.keys()];
}

/**
 * Architecture of a machine type. One that the table lacks is judged by the name of its family: a `g` behind the
 * generation means Graviton (m7g, c7gn, r8gd), as does the family a1; all others are Intel or AMD.
 *
 * Source: EC2 user guide, "Instance type naming conventions". The rule is right for all types of the table, see the test.
 */
export function architectureOf(name: string): Architecture {
  return instanceType(name)?.architecture ?? (/^(?:[a-z]+\d+g|a1\.)/.test(name) ? "arm64" : "amd64");
}

/**
 * Whether a machine type may exist although the table lacks it: its generation is newer than any that the table has of
 * its series, as with `m9i.large` where the table ends with m8i. AWS brings such types between two releases of ours.
 */
export function mayBeNewer(name: string): boolean {
  const { series, generation } = seriesOf(name) ?? {};
  const known = instanceTypesData.types.families.flatMap(({ family }) => {
    const each = seriesOf(`${family}.`);
    return each !== undefined && each.series === series ? [each.generation] : [];
  });
  return generation !== undefined && known.length > 0 && generation > Math.max(...known);
}

function seriesOf(name: string): { readonly series: string; readonly generation: number } | undefined {
  const [, series, generation] = /^([a-z]+)(\d+)[a-z-]*\./.exec(name) ?? [];
  return series === undefined ? undefined : { series, generation: Number(generation) };
}
