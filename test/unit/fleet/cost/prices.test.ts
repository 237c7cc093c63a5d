import assert from "node:assert/strict";

import { instanceTypesData, knownInstanceTypes } from "../../../../fleet/aws/instance-types";
import { priceData, pricesFile } from "../../../../fleet/cost/price-data";
import { addressPrice, eksPrice, fixturePrice, machinePrice, volumePrice } from "../../../../fleet/cost/prices";
import { daysBetween } from "../../../../fleet/dates";
import { SIZES } from "../../../../fleet/management/sizes";
import { CONTROL_PLANE_TYPE } from "../../../../fleet/topology/aws-topology";
import { DATA_MAX_AGE_DAYS } from "../../../../fleet/versions";

const HOURS = 730;
const perHour = (region: string, type: string) => {
  const usd = machinePrice(region, type, false)?.usd;
  return usd === undefined ? undefined : Number((usd / HOURS).toFixed(6));
};

describe("the price table", () => {
  it(`was checked within ${DATA_MAX_AGE_DAYS} days`, () => {
    const age = -daysBetween(new Date(), priceData.dated);
    const remedy =
      "Read its sources again, correct and date fleet/cost/data/prices.json: docs/cost.md, Keeping it fresh";
    assert.ok(age <= DATA_MAX_AGE_DAYS, `the prices were last checked ${age} days ago. ${remedy}`);
    assert.ok(age >= -1, `the prices are dated in the future: ${priceData.dated}`);
  });

  it("names a dated source for each row, and no source in vain", () => {
    const { dated, sources, ...tables } = priceData;
    const used = Object.values(tables)
      .flat()
      .flatMap((row) => row.sources);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(sources).sort());
    assert.ok(Object.values(sources).every(({ says }) => says <= dated));
  });

  it("prices families and types that EC2 has", () => {
    const families = new Set(instanceTypesData.types.families.map(({ family }) => family));
    const priced = priceData.machines.flatMap(({ largeUsdPerHour }) => Object.keys(largeUsdPerHour));
    const types = priceData.otherMachines.flatMap(({ usdPerHour }) => Object.keys(usdPerHour));
    assert.deepEqual(
      priced.filter((family) => !families.has(family)),
      [],
    );
    assert.deepEqual(
      types.filter((type) => !knownInstanceTypes().includes(type)),
      [],
    );
  });

  it("prices what this version makes by default, in every region of the table", () => {
    const defaults = [CONTROL_PLANE_TYPE, ...Object.values(SIZES).flatMap(({ instanceTypes }) => instanceTypes)];
    const without = priceData.machines
      .map(({ region }) => region)
      .filter((region) => defaults.every((type) => machinePrice(region, type, false) === undefined));
    assert.deepEqual(without, []);
  });

  it("has no price out of all proportion: a region costs at most three times another", () => {
    const families = [...new Set(priceData.machines.flatMap(({ largeUsdPerHour }) => Object.keys(largeUsdPerHour)))];
    for (const family of families) {
      const prices = priceData.machines.flatMap(({ largeUsdPerHour }) => largeUsdPerHour[family] ?? []);
      assert.ok(Math.max(...prices) <= 3 * Math.min(...prices), family);
    }
  });

  it("lists a region once, and nothing that is free", () => {
    const [nat] = priceData.natGateways;
    const messages = (natGateways: unknown) =>
      pricesFile.safeParse({ ...priceData, natGateways }).error?.issues.map(({ message }) => message);
    assert.deepEqual(messages([nat, nat]), ["list a region twice"]);
    assert.deepEqual(messages([{ ...nat, usdPerHour: 0 }]), ["Too small: expected number to be >0"]);
  });
});

describe("the price of a machine", () => {
  // Stated by Karpenter's table of 2026-07-20 for us-east-1, whichever source ours came from.
  const STATED: Readonly<Record<string, number>> = {
    "t3.medium": 0.0416,
    "t3.xlarge": 0.1664,
    "t4g.medium": 0.0336,
    "m5.large": 0.096,
    "m6i.large": 0.096,
    "m7i.large": 0.1008,
    "m7g.large": 0.0816,
    "m8g.large": 0.08976,
    "c7i.large": 0.08925,
    "c8g.large": 0.07976,
    "r7i.large": 0.1323,
    "g6.xlarge": 0.8048,
  };

  it("is what was stated, for a month of 730 hours", () => {
    for (const [type, usd] of Object.entries(STATED)) {
      assert.equal(perHour("us-east-1", type), usd, type);
    }
    assert.deepEqual(machinePrice("us-east-1", "m7i.large", false), { usd: 0.1008 * HOURS, estimate: false });
  });

  it("grows with the size, as stated for these", () => {
    assert.equal(perHour("us-east-1", "c8g.metal-48xl"), 7.65696);
    assert.equal(perHour("eu-west-3", "r7i.metal-24xl"), 7.4592);
    assert.equal(perHour("ap-east-1", "m7i.16xlarge"), 4.4352);
    assert.equal(perHour("us-west-1", "t3.nano"), 0.0062);
    assert.equal(perHour("ap-south-1", "t4g.micro"), 0.0056);
  });

  it("is a part of that on spot, and an estimate", () => {
    const { usd, estimate } = machinePrice("us-west-2", "m7i.large", true) ?? {};
    assert.equal(usd, 0.1008 * priceData.spot.shareOfOnDemand * HOURS);
    assert.equal(estimate, true);
  });

  it("is unknown for regions, families and sizes that no source states, and for types that EC2 lacks", () => {
    const unknown: [string, string][] = [
      ["sa-east-1", "m7i.large"],
      ["us-east-1", "c3.large"],
      ["us-east-1", "g6.2xlarge"],
      ["us-east-1", "m6i.metal"],
      ["us-east-1", "m7i.3xlarge"],
      ["nowhere", "m7i.large"],
    ];
    assert.deepEqual(
      unknown.filter(([region, type]) => machinePrice(region, type, false) !== undefined),
      [],
    );
  });
});

describe("other prices", () => {
  it("are for a month, estimates marked as such", () => {
    assert.deepEqual(fixturePrice("us-east-1", "natGateways"), { usd: 0.045 * HOURS, estimate: false });
    assert.deepEqual(fixturePrice("us-east-1", "loadBalancers"), { usd: 0.0225 * HOURS, estimate: false });
    assert.deepEqual(fixturePrice("eu-west-1", "transitGatewayAttachments"), { usd: 0.05 * HOURS, estimate: true });
    assert.deepEqual(volumePrice("us-west-2"), { usd: 0.08, estimate: true });
    assert.deepEqual(addressPrice(), { usd: 0.005 * HOURS, estimate: false });
    assert.deepEqual([eksPrice("standard").usd, eksPrice("extended").usd], [73, 438]);
  });

  it("are unknown where no source states them", () => {
    assert.equal(fixturePrice("eu-west-3", "natGateways"), undefined);
    assert.equal(volumePrice("ap-southeast-4"), undefined);
  });
});
