import { instanceType } from "../aws/instance-types";
import { supportCost } from "../versions";
import { priceData } from "./price-data";

/** A price for a month of 730 hours, in USD. */
export interface Price {
  readonly usd: number;
  /** Not read in today's price list, see docs/cost.md: shown with (e). */
  readonly estimate: boolean;
}

const HOURS = supportCost.hoursPerMonth;

/** Sizes of a family by what they cost, `large` being 1: each is twice the one before. */
const SIZES = ["nano", "micro", "small", "medium", "large", "xlarge"];
const LARGE = SIZES.indexOf("large");

/** The day of the newest check of the prices. */
export const PRICES_DATED = priceData.dated;

/** A machine on demand or on spot; undefined where no source states its price in the region. */
export function machinePrice(region: string, type: string, spot: boolean): Price | undefined {
  const onDemand = perHour(region, type);
  if (onDemand === undefined) return undefined;
  const { shareOfOnDemand, estimate = false } = priceData.spot;
  return spot ? { usd: onDemand * shareOfOnDemand * HOURS, estimate } : { usd: onDemand * HOURS, estimate: false };
}

/** A GiB of a gp3 volume. */
export function volumePrice(region: string): Price | undefined {
  const found = priceData.volumes.find((each) => each.region === region);
  return found && { usd: found.usdPerGiBMonth, estimate: found.estimate ?? false };
}

/** What a region may charge by the hour for being there. */
export type Fixture = "natGateways" | "loadBalancers" | "transitGatewayAttachments";

export function fixturePrice(region: string, fixture: Fixture): Price | undefined {
  const found = priceData[fixture].find((each) => each.region === region);
  return found && { usd: found.usdPerHour * HOURS, estimate: found.estimate ?? false };
}

/** A public IPv4 address. */
export function addressPrice(): Price {
  const { usdPerHour, estimate = false } = priceData.publicAddress;
  return { usd: usdPerHour * HOURS, estimate };
}

/** The control plane of an EKS cluster, in every region. */
export function eksPrice(support: "standard" | "extended"): Price {
  const usdPerHour = support === "extended" ? supportCost.extendedUsdPerHour : supportCost.standardUsdPerHour;
  return { usd: usdPerHour * HOURS, estimate: false };
}

function perHour(region: string, type: string): number | undefined {
  const known = instanceType(type);
  if (known === undefined) return undefined;
  const exact = priceData.otherMachines.find((each) => each.region === region)?.usdPerHour[type];
  const large = priceData.machines.find((each) => each.region === region)?.largeUsdPerHour[known.family];
  const size = sizeOf(type);
  return exact ?? (large === undefined || size === undefined ? undefined : large * size);
}

/** What a size costs of `large`; undefined for `metal`, which says nothing of its size. */
function sizeOf(type: string): number | undefined {
  const size = type.slice(type.indexOf(".") + 1);
  const [, times] = /^(?:metal-)?(\d+)xl(?:arge)?$/.exec(size) ?? [];
  if (times !== undefined) return 2 * Number(times);
  const place = SIZES.indexOf(size);
  return place < 0 ? undefined : 2 ** (place - LARGE);
}
