import { z } from "zod";

import { dataFile, load, row } from "./data-file";
import shipped from "./data/support-cost.json";

const usd = z.number().positive();
const file = load(
  "support-cost.json",
  dataFile({ eks: row({ standardUsdPerHour: usd, extendedUsdPerHour: usd, hoursPerMonth: z.number().positive() }) }),
  shipped,
);

/** List price of one EKS control plane, in USD per hour; a month counts 730 hours. */
export const supportCost = {
  dated: file.dated,
  standardUsdPerHour: file.eks.standardUsdPerHour,
  extendedUsdPerHour: file.eks.extendedUsdPerHour,
  hoursPerMonth: file.eks.hoursPerMonth,
};

/** What one EKS control plane costs in a month, in whole USD: `standard` 73, `extended` 438. */
export function monthlyControlPlaneCost(support: "standard" | "extended"): number {
  const perHour = support === "extended" ? supportCost.extendedUsdPerHour : supportCost.standardUsdPerHour;
  return Math.round(perHour * supportCost.hoursPerMonth);
}
