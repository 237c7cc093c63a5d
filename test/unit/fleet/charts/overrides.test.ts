import assert from "node:assert/strict";

import { catalogueChart } from "../../../../fleet/charts/catalogue";
import { chartFor, type ChartOverride, chartProblems, chartsFor } from "../../../../fleet/charts/overrides";
import { describePartProblem } from "../../../../fleet/management/problem";

describe("a chart of the stack file", () => {
  const { repo, version } = catalogueChart("rancher");

  it("is the catalogue's where the file says nothing", () => {
    assert.deepEqual(chartFor("rancher"), { chart: "rancher", repo, version });
    assert.deepEqual(chartsFor()["rancher"], chartFor("rancher"));
    assert.deepEqual(Object.keys(chartsFor()).sort(), [
      "aws-load-balancer-controller",
      "cert-manager",
      "cluster-api-operator",
      "rancher",
      "traefik",
    ]);
  });

  const cases: [string, ChartOverride, object][] = [
    ["comes from another repository", { repo: "https://charts.example.com" }, { repo: "https://charts.example.com" }],
    ["has another version", { version: "2.15.1" }, { version: "2.15.1" }],
    ["has another name in its repository", { chart: "rancher-prime" }, { chart: "rancher-prime" }],
    ["takes values along", { values: { replicas: 1 } }, { values: { replicas: 1 } }],
  ];
  for (const [what, override, changes] of cases) {
    it(what, () => {
      assert.deepEqual(chartProblems({ rancher: override }), []);
      assert.deepEqual(chartFor("rancher", override), { chart: "rancher", repo, version, ...changes });
    });
  }

  for (const chart of ["oci://registry.example.com/charts/rancher", "./charts/rancher", "/srv/rancher-2.15.0.tgz"]) {
    it(`has no repository when it is ${chart}`, () => {
      assert.deepEqual(chartProblems({ rancher: { chart } }), []);
      assert.deepEqual(chartFor("rancher", { chart }), { chart, version });
    });
  }
});

describe("overrides of charts that cannot be used", () => {
  const problems = (overrides: Record<string, ChartOverride>) => chartProblems(overrides).map(describePartProblem);

  it("are all named at once", () => {
    assert.deepEqual(
      problems({
        ranchr: {},
        prometheus: {},
        rancher: { chart: "rancher/rancher", repo: "oci://registry.example.com/charts/", version: "^2.15" },
        traefik: { repo: "http://charts.example.com", version: "latest" },
        "cert-manager": { chart: "./cert-manager", repo: "https://charts.example.com" },
      }),
      [
        'charts.ranchr: is no chart that we install (got "ranchr"). Did you mean rancher? Correct it.',
        'charts.prometheus: is no chart that we install (got "prometheus"). Name one of aws-load-balancer-controller, ' +
          "cert-manager, cluster-api-operator, rancher, traefik.",
        'charts.rancher.chart: is neither a chart\'s name, nor an OCI reference, nor a path (got "rancher/rancher"). ' +
          "Write rancher, oci://host/charts/rancher or ./charts/rancher.",
        "charts.rancher.repo: is not the address of a chart repository " +
          '(got "oci://registry.example.com/charts/"). Write the chart\'s whole reference, ' +
          "oci://registry.example.com/charts/<chart>, as chart, and remove repo.",
        'charts.rancher.version: is not one exact version (got "^2.15"). ' +
          "Write it in full, such as 1.21.2, as the chart's repository lists it.",
        'charts.traefik.repo: is not the address of a chart repository (got "http://charts.example.com"). ' +
          "Write an address that begins with https://.",
        'charts.traefik.version: is not one exact version (got "latest"). ' +
          "Write it in full, such as 1.21.2, as the chart's repository lists it.",
        "charts.cert-manager.repo: does not go with ./cert-manager, which says itself where the chart is " +
          '(got "https://charts.example.com"). Remove it, or name the chart alone.',
      ],
    );
  });
});
