import { catalogueChart, type ChartName } from "../../../fleet/charts/catalogue";
import { type JsonObject, stringAt } from "../../plugins/grpc/json";
import { RECORDED_LABEL } from "../../plugins/kubernetes/helm/recorded";
import { type ForeignSystem } from "../kinds/foreign-kinds";
import { type Cluster, collectionOf } from "./cluster";

/** A Helm release that has been done. */
export interface DoneRelease {
  /** Of the object that tells of it: another one for each time that the release is made. */
  readonly uid: string;
  readonly brings: ForeignSystem;
  /** Whether it is the system that brings it, later, and not the chart. */
  readonly later: boolean;
}

interface Bringing extends Omit<DoneRelease, "uid"> {
  readonly chart: ChartName;
}

const RELEASES: readonly Bringing[] = [
  { chart: "rancher", brings: "turtles", later: true },
  { chart: "cert-manager", brings: "cert-manager", later: false },
  { chart: "cluster-api-operator", brings: "cluster-api-operator", later: false },
];

/** The releases that were done and whose kinds nobody else brings: what a chart holds, Helm itself installs. */
export async function doneReleases(cluster: Cluster): Promise<DoneRelease[]> {
  const recorded = await cluster.list(collectionOf("v1", "configmaps"), `&labelSelector=${RECORDED_LABEL}`);
  const byRecord = RELEASES.flatMap((release) =>
    recorded.filter((trace) => isOf(release, trace, stringAt(trace, "data", "release"))).map(done(release)),
  );
  const byHelm = RELEASES.filter(({ later }) => later).map(async (release) => {
    const { releaseName } = catalogueChart(release.chart);
    // The releases themselves are large; those of other charts are not even listed.
    const selector = encodeURIComponent(`owner=helm,status=deployed,name=${releaseName}`);
    const installed = await cluster.list(collectionOf("v1", "secrets"), `&labelSelector=${selector}`);
    return installed.filter((trace) => isOf(release, trace, releaseName)).map(done(release));
  });
  return [...byRecord, ...(await Promise.all(byHelm)).flat()];
}

function isOf({ chart }: Bringing, trace: JsonObject, name: string): boolean {
  const { namespace, releaseName } = catalogueChart(chart);
  return name === releaseName && stringAt(trace, "metadata", "namespace") === namespace;
}

function done({ brings, later }: Bringing): (trace: JsonObject) => DoneRelease {
  return (trace) => ({ uid: stringAt(trace, "metadata", "uid"), brings, later });
}
