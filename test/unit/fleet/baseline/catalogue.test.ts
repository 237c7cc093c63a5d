import assert from "node:assert/strict";

import {
  ADD_ONS,
  addOnsData,
  addOnsFile,
  catalogueAddOn,
  catalogueImage,
  CHART_ADD_ONS,
  IMAGES,
} from "../../../../fleet/baseline/catalogue";
import { chosenAddOn, chosenImage, lacksRange, rangeText, takes, titleOf } from "../../../../fleet/baseline/chosen";
import { daysBetween } from "../../../../fleet/dates";
import { DATA_MAX_AGE_DAYS } from "../../../../fleet/versions";

/** Minor that clusters of the sample stacks run. */
const SAMPLE_MINOR = "1.35";

describe("the catalogue of add-ons", () => {
  it(`was checked within ${DATA_MAX_AGE_DAYS} days`, () => {
    const age = -daysBetween(new Date(), addOnsData.dated);
    const remedy = "Look its add-ons up again, correct and date fleet/baseline/data/add-ons.json";
    assert.ok(age <= DATA_MAX_AGE_DAYS, `the catalogue of add-ons was last checked ${age} days ago. ${remedy}`);
    assert.ok(age >= -1, `the catalogue of add-ons is dated in the future: ${addOnsData.dated}`);
  });

  it("names a dated source for each row, and no source in vain", () => {
    const used = [...addOnsData.charts, ...addOnsData.images].flatMap(({ sources }) => sources);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(addOnsData.sources).sort());
    assert.ok(Object.values(addOnsData.sources).every(({ says }) => says <= addOnsData.dated));
  });

  it("has every add-on once, and images only of the minor that they are for", () => {
    assert.deepEqual(
      addOnsData.charts.map(({ name }) => name),
      [...CHART_ADD_ONS],
    );
    assert.deepEqual(
      addOnsData.images.map(({ name }) => name),
      [...IMAGES],
    );
    for (const name of IMAGES) {
      for (const [minor, tag] of Object.entries(catalogueImage(name).tags)) assert.ok(tag.startsWith(`v${minor}.`));
    }
  });

  it("has for every add-on a version that the sample stacks' Kubernetes takes", () => {
    for (const name of ADD_ONS) assert.ok(takes(name, SAMPLE_MINOR, {}), titleOf(name, {}));
  });

  it("refuses a file that lacks an add-on", () => {
    const charts = addOnsData.charts.filter(({ name }) => name !== "cilium");
    assert.deepEqual(
      addOnsFile.safeParse({ ...addOnsData, charts }).error?.issues.map(({ path, message }) => [path, message]),
      [[["charts"], "does not list cilium once"]],
    );
  });
});

describe("an add-on of the stack file", () => {
  it("is the catalogue's where the file says nothing", () => {
    const { chart, repo, version, kubernetes } = catalogueAddOn("cilium");
    assert.deepEqual(chosenAddOn("cilium", {}), { name: "cilium", chart, repo, version, kubernetes });
  });

  it("has what the file says of it, each value by itself", () => {
    const { chart, kubernetes } = catalogueAddOn("monitoring-agent");
    const sendTo = "https://metrics.example.com/write";
    const correction = { version: "30.0.0", repo: "oci://registry.example.com/charts", values: { a: 1 }, sendTo };
    assert.deepEqual(chosenAddOn("monitoring-agent", { "monitoring-agent": correction }), {
      name: "monitoring-agent",
      chart,
      kubernetes,
      ...correction,
    });
  });

  it("has the file's images for some minors, the catalogue's for all others", () => {
    const config = { "cluster-autoscaler": { image: "registry.example.com/autoscaler", tags: { "1.35": "v1.35.9" } } };
    const { tags } = catalogueImage("cluster-autoscaler");
    assert.deepEqual(chosenImage("cluster-autoscaler", config), {
      repository: "registry.example.com/autoscaler",
      tags: { ...tags, "1.35": "v1.35.9" },
    });
  });

  it("keeps the catalogue's range within its minor, and needs one of its own beyond", () => {
    const { version } = catalogueAddOn("cilium");
    const [major, minor] = version.split(".");
    assert.equal(lacksRange("cilium", { cilium: { version: `${major}.${minor}.99` } }), false);
    assert.equal(lacksRange("cilium", { cilium: { version: `${major}.99.0` } }), true);
    assert.equal(lacksRange("cilium", { cilium: { version: `${major}.99.0`, kubernetes: { from: "1.35" } } }), false);
  });

  it("takes the minors of its range, both ends included", () => {
    const config = { cilium: { kubernetes: { from: "1.34", to: "1.35" } } };
    assert.deepEqual(
      ["1.33", "1.34", "1.35", "1.36"].map((minor) => takes("cilium", minor, config)),
      [false, true, true, false],
    );
    assert.equal(rangeText("cilium", config), "1.34 to 1.35");
    const open = { cilium: { kubernetes: { from: "1.9" } } };
    assert.deepEqual([takes("cilium", "1.8", open), takes("cilium", "1.35", open)], [false, true]);
    assert.equal(rangeText("cilium", open), "1.9 and later");
  });

  it("takes only minors that it has an image for, where each minor has its own", () => {
    assert.deepEqual([takes("cluster-autoscaler", "1.36", {}), takes("cluster-autoscaler", "1.37", {})], [true, false]);
    assert.equal(rangeText("cluster-autoscaler", {}), "1.32, 1.33, 1.34, 1.35, 1.36");
    assert.equal(takes("aws-cloud-controller-manager", "1.31", {}), false);
    assert.equal(
      takes("aws-cloud-controller-manager", "1.31", {
        "aws-cloud-controller-manager": { tags: { "1.31": "v1.31.7" } },
      }),
      true,
    );
  });
});
