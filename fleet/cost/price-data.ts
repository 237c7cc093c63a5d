import { z } from "zod";

import { AWS_REGIONS } from "../aws-regions";
import { dataFile, row } from "../versions/data-file";
import shipped from "./data/prices.json";

const region = z.enum(AWS_REGIONS);
const usd = z.number().positive();
/** Read at second hand, in an old copy of the price list, or an average: shown with (e). */
const estimate = z.literal(true).optional();

/** One price for each region; a region stands in it once, and one for which nobody states a price is absent. */
function byRegion<Row extends z.ZodObject<{ region: typeof region }>>(row: Row) {
  return z
    .array(row)
    .refine((rows) => new Set(rows.map((each) => each.region)).size === rows.length, "list a region twice");
}

/** List prices in USD: Linux, on demand, without traffic, Savings Plans and tax. What no source states is absent. */
export const pricesFile = dataFile({
  /** Of the size `large`, by family; the other sizes of a family cost in proportion. */
  machines: byRegion(row({ region, largeUsdPerHour: z.record(z.string(), usd) })),
  /** Of families whose sizes do not. */
  otherMachines: byRegion(row({ region, usdPerHour: z.record(z.string(), usd) })),
  /** What a spot machine costs of the price on demand; the market decides, hour by hour and zone by zone. */
  spot: row({ shareOfOnDemand: usd.max(1), estimate }),
  natGateways: byRegion(row({ region, usdPerHour: usd, estimate })),
  /** Network load balancers, without capacity units. */
  loadBalancers: byRegion(row({ region, usdPerHour: usd, estimate })),
  transitGatewayAttachments: byRegion(row({ region, usdPerHour: usd, estimate })),
  /** gp3, with the throughput and operations that are included. */
  volumes: byRegion(row({ region, usdPerGiBMonth: usd, estimate })),
  /** A public IPv4 address, in every region. */
  publicAddress: row({ usdPerHour: usd, estimate }),
});

/** The file that ships with this version, with its date and sources. */
export const priceData = pricesFile.parse(shipped);
