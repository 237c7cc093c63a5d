import * as semver from "semver";

import { type Path } from "../config/path";
import { type PartProblem } from "../management/problem";
import { nearest } from "../suggest";
import { catalogueChart, CHART_NAMES, type ChartName } from "./catalogue";

/** What a stack file may say of a chart, under `management.charts.<name>`; the catalogue has the rest. */
export interface ChartOverride {
  /** Name in the repository, an `oci://` reference, or a path that begins with `.` or `/`. */
  readonly chart?: string | undefined;
  /** Address of another repository, `https://`. */
  readonly repo?: string | undefined;
  readonly version?: string | undefined;
  /** Laid over our values: maps merge, everything else replaces ours. */
  readonly values?: Readonly<Record<string, unknown>> | undefined;
}

/** Which chart to install, complete: the plain form of the components' `ChartArgs`. */
export interface ChosenChart {
  readonly chart: string;
  /** Absent for an `oci://` reference and for a path. */
  readonly repo?: string;
  readonly version: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** The chart of the catalogue with the stack file's override, which {@link chartProblems} has found fit. */
export function chartFor(name: ChartName, override: ChartOverride = {}): ChosenChart {
  const known = catalogueChart(name);
  const chart = override.chart ?? known.name;
  return {
    chart,
    ...(isInRepository(chart) ? { repo: override.repo ?? known.repo } : {}),
    version: override.version ?? known.version,
    ...(override.values === undefined ? {} : { values: override.values }),
  };
}

/** {@link chartFor} for every chart of the catalogue, by name. */
export function chartsFor(overrides: Readonly<Record<string, ChartOverride>> = {}): Record<ChartName, ChosenChart> {
  const chosen = CHART_NAMES.map((name) => [name, chartFor(name, overrides[name])] as const);
  return Object.fromEntries(chosen) as Record<ChartName, ChosenChart>;
}

/** All that is wrong with a stack file's overrides. */
export function chartProblems(overrides: Readonly<Record<string, ChartOverride>>): PartProblem[] {
  return Object.entries(overrides).flatMap(([name, override]) => {
    const path = ["charts", name];
    return isChartName(name) ? overrideProblems(path, override) : [unknownChart(path, name)];
  });
}

function unknownChart(path: Path, name: string): PartProblem {
  const meant = nearest(name, CHART_NAMES);
  const remedy = meant === undefined ? `Name one of ${CHART_NAMES.join(", ")}` : `Did you mean ${meant}? Correct it`;
  return { path, what: "is no chart that we install", got: name, remedy };
}

function overrideProblems(path: Path, { chart, repo, version }: ChartOverride): PartProblem[] {
  const problems: PartProblem[] = [];
  if (chart !== undefined && isInRepository(chart) && chart.includes("/")) {
    problems.push({
      path: [...path, "chart"],
      what: "is neither a chart's name, nor an OCI reference, nor a path",
      got: chart,
      remedy: "Write rancher, oci://host/charts/rancher or ./charts/rancher",
    });
  }
  if (repo !== undefined && !repo.startsWith("https://")) {
    const remedy = repo.startsWith("oci://")
      ? `Write the chart's whole reference, ${repo.replace(/\/$/, "")}/<chart>, as chart, and remove repo`
      : "Write an address that begins with https://";
    problems.push({ path: [...path, "repo"], what: "is not the address of a chart repository", got: repo, remedy });
  }
  if (repo !== undefined && chart !== undefined && !isInRepository(chart)) {
    problems.push({
      path: [...path, "repo"],
      what: `does not go with ${chart}, which says itself where the chart is`,
      got: repo,
      remedy: "Remove it, or name the chart alone",
    });
  }
  if (version !== undefined && semver.valid(version) === null) {
    problems.push({
      path: [...path, "version"],
      what: "is not one exact version",
      got: version,
      remedy: "Write it in full, such as 1.21.2, as the chart's repository lists it",
    });
  }
  return problems;
}

function isChartName(name: string): name is ChartName {
  return (CHART_NAMES as readonly string[]).includes(name);
}

function isInRepository(chart: string): boolean {
  return !/^(\.|\/|oci:\/\/)/.test(chart);
}
