import { isObject, type Json, type JsonObject, stringAt } from "../../grpc/json";
import { HelmError, type HelmOptions, type RunHelm } from "./command";
import { type Release } from "./inputs";
import { type ReleaseStatus } from "./state";

type Place = Pick<Release, "name" | "namespace">;

/**
 * What a release needs of helm. Nothing waits for pods: no kubelet runs where this stand-in is used. Hooks run as
 * helm runs them, so a hook that is a Job or a Pod must be ended by somebody, or it times out.
 */
export class HelmClient {
  constructor(private readonly run: RunHelm) {}

  /** The chart rendered with the values, without asking the cluster. */
  template(chart: string, release: Release, kubeVersion: string): Promise<string> {
    const noHooks = release.installArgs.filter((flag) => flag === "--no-hooks");
    const crds = release.installArgs.includes("--skip-crds") ? [] : ["--include-crds"];
    const args = ["--kube-version", kubeVersion, ...noHooks, ...crds];
    return this.run(["template", release.name, chart, ...place(release), "-f", "-", ...args], given(release));
  }

  async install(chart: string, release: Release): Promise<void> {
    await this.run(["install", ...wanted(chart, release), ...release.installArgs], given(release));
  }

  /** Also installs a release that is not there: one that was only recorded so far, or that failed and was removed. */
  async upgrade(chart: string, release: Release): Promise<void> {
    await this.run(["upgrade", ...wanted(chart, release), "--install", ...release.upgradeArgs], given(release));
  }

  /** Back to the newest revision that worked; a release that never did is removed. */
  async undo(release: Release): Promise<void> {
    const history = await this.json(["history", release.name, ...place(release)]);
    const worked = (Array.isArray(history) ? history.filter(isObject) : []).filter((revision) =>
      ["deployed", "superseded"].includes(stringAt(revision, "status")),
    );
    const newest = worked.at(-1)?.["revision"];
    if (newest === undefined) await this.uninstall(release, []);
    else await this.run(["rollback", release.name, String(newest), ...place(release), "--timeout", release.timeout]);
  }

  /** @param args Further arguments of helm. */
  async uninstall(release: Place, args: readonly string[]): Promise<void> {
    await this.run(["uninstall", release.name, ...place(release), "--ignore-not-found", ...args]);
  }

  /** What helm says of a release; `undefined` if there is none. */
  async status(release: Place): Promise<ReleaseStatus | undefined> {
    const found = await this.found(["get", "metadata", release.name, ...place(release)]);
    if (!isObject(found)) return undefined;
    const text = (key: string) => stringAt(found, key);
    const { name, namespace } = release;
    const [chart, version, appVersion, status] = [text("chart"), text("version"), text("appVersion"), text("status")];
    return { name, namespace, chart, version, appVersion, revision: Number(found["revision"]), status };
  }

  /** The values that a release was given. */
  async values(release: Place): Promise<JsonObject> {
    const values = await this.found(["get", "values", release.name, ...place(release)]);
    return isObject(values) ? values : {};
  }

  private async found(args: readonly string[]): Promise<Json | undefined> {
    try {
      return await this.json(args);
    } catch (error) {
      if (error instanceof HelmError && /release: not found/.test(error.message)) return undefined;
      throw error;
    }
  }

  private async json(args: readonly string[]): Promise<Json> {
    return JSON.parse(await this.run([...args, "--output", "json"])) as Json;
  }
}

function wanted(chart: string, release: Release): string[] {
  return [release.name, chart, ...place(release), "-f", "-", "--timeout", release.timeout];
}

function place({ namespace }: Place): string[] {
  return ["--namespace", namespace];
}

function given({ values, secrets }: Release): HelmOptions {
  return { values, secrets };
}
