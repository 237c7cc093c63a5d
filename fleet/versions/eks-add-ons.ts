import { z } from "zod";

import { dataFile, load, minor, row } from "./data-file";
import shipped from "./data/eks-add-ons.json";

const file = load(
  "eks-add-ons.json",
  dataFile({ minors: z.record(minor, row({ addOns: z.record(z.string(), z.string().regex(/-eksbuild\.\d+$/)) })) }),
  shipped,
);

/** The day on which the list was last checked. */
export const eksAddOnsDated = file.dated;

/**
 * Versions of EKS add-ons that a minor is known to run with, by name. AWS takes a version for some minors only, and CAPA
 * asks for one; so what nobody has told us of is absent, and the stack file has to name it.
 * @param minor `1.35`
 * @returns Undefined for a minor that is not known.
 */
export function eksAddOns(minor: string): Readonly<Record<string, string>> | undefined {
  return file.minors[minor]?.addOns;
}
