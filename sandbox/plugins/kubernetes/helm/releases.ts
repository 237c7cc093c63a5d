import * as path from "node:path";
import { equal, type JsonObject, objectAt, stringAt } from "../../grpc/json";
import { type Log } from "../../grpc/engine-log";
import {
  type CheckRequest,
  type CheckResponse,
  type CreateRequest,
  type CreateResponse,
  type DeleteRequest,
  type DiffRequest,
  type DiffResponse,
  InitFailed,
  type ReadRequest,
  type ReadResponse,
  type UpdateRequest,
  type UpdateResponse,
} from "../../grpc/provider";
import { hasUnknown, markSecretsLike, withoutSecrets } from "../../grpc/struct";
import { type Cluster } from "../cluster";
import { fromId } from "../objects";
import { type Settings } from "../settings";
import { findChart } from "./chart";
import { HelmClient } from "./client";
import { HelmError, helmCommand } from "./command";
import { releaseDiff } from "./diff";
import { refusals, type Release, release, releaseInputs } from "./inputs";
import { renderedInputs } from "./manifest";
import { forget, record, recorded, recordedNotice, statusOfRecord } from "./recorded";
import { releaseId, releaseState, type ReleaseStatus } from "./state";

/** A cluster, and what there is on this machine to install charts on it. */
export interface HelmSurroundings {
  readonly settings: Settings;
  /** Absent while it is not known. */
  readonly cluster: Cluster | undefined;
  readonly log: Log;
  readonly ended: AbortSignal;
  /** CLUSTER_FLEET_HELM: the executable. CLUSTER_FLEET_CHARTS: folders of charts, as in PATH. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * `helm.v3.Release`. A chart that lies on this machine is installed by helm itself; any other is recorded: it counts as
 * done, a line says so, and a ConfigMap in the release's namespace stands for it.
 */
export class HelmReleases {
  private readonly helm: HelmClient | undefined;
  private readonly folders: readonly string[];

  constructor(private readonly around: HelmSurroundings) {
    const file = around.env["CLUSTER_FLEET_HELM"];
    this.helm = file ? new HelmClient(helmCommand(file, around.settings, around.ended)) : undefined;
    this.folders = (around.env["CLUSTER_FLEET_CHARTS"] ?? "").split(path.delimiter).filter(Boolean);
  }

  async check(request: CheckRequest): Promise<CheckResponse> {
    const failures = refusals(request.news);
    if (failures.length > 0) return { inputs: request.news, failures };
    const inputs = releaseInputs(request, this.around.settings.namespace);
    const marked = (plain: JsonObject) => markSecretsLike(plain, request.news);
    const [kept, chart] = [
      renderedBefore(request.olds),
      hasUnknown(inputs) ? undefined : this.installable(release(inputs)),
    ];
    if (chart === undefined || this.around.cluster === undefined) return { inputs: marked({ ...kept, ...inputs }) };
    try {
      const kubeVersion = stringAt(await this.around.cluster.api.request("GET", "/version"), "gitVersion");
      const manifest = await chart.helm.template(chart.path, release(marked(inputs)), kubeVersion);
      // The engine hands in the old checksum where the program ignores its changes.
      return { inputs: marked({ ...renderedInputs(manifest), ...inputs }) };
    } catch (error) {
      if (!(error instanceof HelmError)) throw error;
      return { inputs: marked(inputs), failures: [{ property: "chart", reason: error.message }] };
    }
  }

  diff(request: DiffRequest): DiffResponse {
    return releaseDiff(withoutSecrets(request.oldInputs), withoutSecrets(request.news));
  }

  async create({ urn, properties, preview }: CreateRequest): Promise<CreateResponse> {
    if (preview === true) return { properties: this.previewed(urn, properties) };
    const wanted = release(properties);
    const chart = this.installable(wanted);
    const install = chart && (() => chart.helm.install(chart.path, wanted));
    const status = await this.done(urn, properties, wanted, install);
    return { id: releaseId(wanted), properties: releaseState(properties, status) };
  }

  async update({ urn, news, preview }: UpdateRequest): Promise<UpdateResponse> {
    if (preview === true) return { properties: this.previewed(urn, news) };
    const wanted = release(news);
    const chart = this.installable(wanted);
    const upgrade = chart && (() => chart.helm.upgrade(chart.path, wanted));
    const status = await this.done(urn, news, wanted, upgrade);
    if (chart) await forget(this.reachable().api, wanted);
    return { properties: releaseState(news, status) };
  }

  async read({ id, inputs }: ReadRequest): Promise<ReadResponse> {
    const place = fromId(id);
    const installed = await this.helm?.status(place);
    const trace = installed ? undefined : await recorded(this.reachable().api, place);
    const status = installed ?? (trace && statusOfRecord(trace));
    if (status === undefined) return {};
    const known = Object.keys(inputs).length > 0 ? inputs : { ...place, chart: status.chart };
    const live = installed && this.helm ? await this.helm.values(place) : objectAt(withoutSecrets(known), "values");
    const seen = liveInputs(known, status, live);
    return { id, properties: releaseState(seen, status), inputs: seen };
  }

  async delete({ properties, oldInputs }: DeleteRequest): Promise<void> {
    const gone = release({ ...properties, ...oldInputs });
    await this.helm?.uninstall(gone, ["--wait", "--timeout", gone.timeout]);
    await forget(this.reachable().api, gone);
  }

  /** helm and the chart's place; `undefined` where one of them is missing. */
  private installable(wanted: Release): { helm: HelmClient; path: string } | undefined {
    const found = this.helm && findChart(wanted, this.folders);
    return this.helm && found !== undefined ? { helm: this.helm, path: found } : undefined;
  }

  private previewed(urn: string, inputs: JsonObject): JsonObject {
    if (!hasUnknown(withoutSecrets(inputs))) {
      const wanted = release(inputs);
      if (!this.installable(wanted)) this.notice(urn, wanted);
    }
    return inputs;
  }

  /** Installs or upgrades, where there is a chart for it, or records. A release that failed is kept, with helm's words. */
  private async done(
    urn: string,
    inputs: JsonObject,
    wanted: Release,
    change: (() => Promise<void>) | undefined,
  ): Promise<ReleaseStatus> {
    if (!change || !this.helm) {
      this.notice(urn, wanted);
      return record(this.reachable().api, wanted);
    }
    try {
      await change();
    } catch (error) {
      throw await this.failure(this.helm, inputs, wanted, error);
    }
    const status = await this.helm.status(wanted);
    if (status === undefined) throw new Error(`Helm release "${releaseId(wanted)}" is gone again.`);
    return status;
  }

  private async failure(helm: HelmClient, inputs: JsonObject, wanted: Release, error: unknown): Promise<Error> {
    const id = releaseId(wanted);
    const words = [messageOf(error)];
    if (wanted.atomic && (await helm.status(wanted))) {
      await helm.undo(wanted).catch((undo: unknown) => words.push(`It cannot be undone: ${messageOf(undo)}`));
    }
    const left = await helm.status(wanted);
    if (left === undefined)
      return new Error(`Helm release "${id}" was not made: ${words.join("\n")}`, { cause: error });
    const reason = `Helm release "${id}" has the status ${left.status}: ${words.join("\n")}`;
    return new InitFailed(reason, id, releaseState(inputs, left), inputs, [reason]);
  }

  private notice(urn: string, wanted: Release): void {
    this.around.log("INFO", recordedNotice(wanted, this.helm !== undefined), urn);
  }

  private reachable(): Cluster {
    if (this.around.cluster) return this.around.cluster;
    throw new Error("configured Kubernetes cluster is unreachable: its kubeconfig is not known yet");
  }
}

/** What an earlier run rendered, for a run that cannot. */
function renderedBefore(olds: JsonObject): JsonObject {
  const { checksum, resourceNames } = olds;
  return {
    ...(checksum === undefined ? {} : { checksum }),
    ...(resourceNames === undefined ? {} : { resourceNames }),
  };
}

/** The inputs as they would have to be for what is there: other values or another chart version are drift. */
function liveInputs(known: JsonObject, status: ReleaseStatus, values: JsonObject): JsonObject {
  const plain = withoutSecrets(known);
  const sameVersion = stringAt(plain, "version").replace(/^v/, "") === status.version.replace(/^v/, "");
  const live = {
    ...known,
    ...(sameVersion ? {} : { version: status.version }),
    ...(equal(objectAt(plain, "values"), values) ? {} : { values }),
  };
  return markSecretsLike(live, known);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
