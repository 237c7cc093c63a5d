import assert from "node:assert/strict";
import * as semver from "semver";

import {
  catalogueChart,
  catalogueData,
  catalogueFile,
  CHART_NAMES,
  type ChartName,
} from "../../../../fleet/charts/catalogue";
import { daysBetween } from "../../../../fleet/dates";
import { DATA_MAX_AGE_DAYS, minorOf, minorsBetween } from "../../../../fleet/versions";
import { compatibilityData } from "../../../../fleet/versions/compatibility-data";

/** Minor of Kubernetes that a management cluster on EKS has by default. */
const MANAGEMENT_MINOR = "1.35";

describe("the chart catalogue", () => {
  it(`was checked within ${DATA_MAX_AGE_DAYS} days`, () => {
    const age = -daysBetween(new Date(), catalogueData.dated);
    const remedy = "Look its charts up again, correct and date fleet/charts/data/catalogue.json";
    assert.ok(age <= DATA_MAX_AGE_DAYS, `the chart catalogue was last checked ${age} days ago. ${remedy}`);
    assert.ok(age >= -1, `the chart catalogue is dated in the future: ${catalogueData.dated}`);
  });

  it("names a dated source for each chart, and no source in vain", () => {
    const used = catalogueData.charts.flatMap(({ sources }) => sources);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(catalogueData.sources).sort());
    assert.ok(Object.values(catalogueData.sources).every(({ says }) => says <= catalogueData.dated));
  });

  it("has every chart once, in one exact version from an encrypted address", () => {
    assert.deepEqual(
      catalogueData.charts.map(({ name }) => name),
      [...CHART_NAMES],
    );
    for (const { name, version, repo } of catalogueData.charts) {
      assert.notEqual(semver.valid(version), null, name);
      assert.match(repo, /^https:\/\//);
    }
  });

  it("has the Rancher that this version supports, and none that it refuses", () => {
    const { version } = catalogueChart("rancher");
    const row = compatibilityData.rancher.find(({ minor }) => minor === minorOf(`v${version}`));
    assert.ok(row !== undefined && row.turtles !== undefined);
    assert.ok(minorsBetween(row.minor, compatibilityData.refusedRancher.since) > 0);
  });

  it("has a cert-manager that runs on the management cluster's Kubernetes", () => {
    const minor = minorOf(catalogueChart("cert-manager").version);
    const row = compatibilityData.addOns.find((addOn) => addOn.name === "cert-manager" && addOn.minor === minor);
    assert.ok(row !== undefined, `the compatibility data has no row for cert-manager ${minor}`);
    const [oldest, newest] = row.kubernetes;
    assert.ok(minorsBetween(oldest, MANAGEMENT_MINOR) >= 0 && minorsBetween(MANAGEMENT_MINOR, newest) >= 0);
  });

  it("refuses a file that lacks a chart, or has one in a range of versions", () => {
    const broken = (change: (name: ChartName) => object | undefined) =>
      catalogueFile.safeParse({
        ...catalogueData,
        charts: catalogueData.charts.flatMap((chart) => {
          const changed = change(chart.name);
          return changed === undefined ? [] : [{ ...chart, ...changed }];
        }),
      }).error?.issues;
    assert.deepEqual(
      broken((name) => (name === "traefik" ? undefined : {}))?.map(({ path, message }) => [path, message]),
      [[["charts"], "does not list traefik once"]],
    );
    assert.deepEqual(
      broken((name) => (name === "rancher" ? { version: "^2.15.0" } : {}))?.map(({ path, message }) => [path, message]),
      [[["charts", 3, "version"], "is not one exact version"]],
    );
  });
});
