import { setTimeout as sleep } from "node:timers/promises";

import { type Access } from "../../management/api";
import { type ComponentName } from "../../management/names";
import { type JsonObject, stringAt, valueAt } from "../../plugins/grpc/json";
import { type ForeignKinds, type ForeignSystem } from "../kinds/foreign-kinds";
import { installForeignKinds } from "../kinds/install";
import { Cluster, collectionOf } from "./cluster";
import { doneReleases } from "./releases";
import { missingStatus, READY_RULES, type ReadyRule } from "./rules";
import { silenceWebhooks } from "./webhooks";
import { JOB_RULE } from "./workload-rules";

const ROUND_MS = 300;

/** Rancher brings Turtles minutes after its release: here later than the provider would go on trying an unknown kind. */
const LATER_MS = 18_000;

/**
 * In a rehearsal it stands in for everything that would run on the management cluster, save Cluster API's controllers:
 * it marks objects ready by their status, in the order in which it would happen, and brings kinds when their system
 * would. It never touches a spec. It runs in this process, and ends with it.
 */
export class StandInController {
  private readonly cluster: Cluster;
  private readonly brought = new Map<string, Promise<void>>();
  private readonly firstSeen = new Map<string, number>();
  private held = new Map<string, string>();
  private stopped = false;
  private work: Promise<void> = Promise.resolve();

  /**
   * @param access An administrator's.
   * @param accountKey Private key, PEM, that the API server's service accounts are signed with.
   * @param kinds What systems bring; a system that is not among them brings nothing.
   * @param run Starts what runs of a system.
   */
  constructor(
    private readonly access: Access,
    accountKey: string,
    private readonly kinds: readonly ForeignKinds[],
    private readonly run: (component: ComponentName) => Promise<void>,
  ) {
    this.cluster = new Cluster(access, accountKey);
  }

  start(): void {
    this.work = this.rounds();
  }

  /** Returns when nothing is written any more. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.work;
  }

  /** What is not marked ready, and why: a line each, for a rehearsal that does not get on. */
  get waiting(): string[] {
    return [...this.held].map(([what, why]) => `${what}: ${why}`).sort();
  }

  private async rounds(): Promise<void> {
    while (!this.stopped) {
      const held = new Map<string, string>();
      try {
        await this.round(held);
      } catch (error) {
        // The API server may be restarting; the next round tells.
        held.set("the stand-in controller", error instanceof Error ? error.message : String(error));
      }
      this.held = held;
      await sleep(ROUND_MS);
    }
  }

  private async round(held: Map<string, string>): Promise<void> {
    await silenceWebhooks(this.cluster);
    await this.bringWhatReleasesBring();
    // A Job may wait for the others, so it is over only after they have had their turn.
    const jobs = await this.objectsOf(JOB_RULE);
    const others = READY_RULES.filter((rule) => rule !== JOB_RULE);
    await Promise.all(others.map(async (rule) => this.mark(rule, await this.objectsOf(rule), held)));
    await this.mark(JOB_RULE, jobs, held);
  }

  private async bringWhatReleasesBring(): Promise<void> {
    for (const { uid, brings, later } of await doneReleases(this.cluster)) {
      const seen = this.firstSeen.get(uid) ?? Date.now();
      this.firstSeen.set(uid, seen);
      if (!later || Date.now() - seen >= LATER_MS) await this.bring(brings, uid);
    }
  }

  /** @param occasion Each brings it once. */
  private async bring(system: ForeignSystem, occasion: string): Promise<void> {
    const kinds = this.kinds.find(({ name }) => name === system);
    if (kinds === undefined) return;
    const key = `${system} ${occasion}`;
    const work = this.brought.get(key) ?? this.install(kinds);
    this.brought.set(key, work);
    try {
      await work;
    } catch (error) {
      this.brought.delete(key);
      throw error;
    }
  }

  private async install(kinds: ForeignKinds): Promise<void> {
    if (kinds.runs !== undefined) await this.run(kinds.runs);
    await installForeignKinds(this.access, kinds);
  }

  private objectsOf({ apiVersion, plural }: ReadyRule): Promise<JsonObject[]> {
    return this.cluster.list(collectionOf(apiVersion, plural));
  }

  private async mark(rule: ReadyRule, objects: readonly JsonObject[], held: Map<string, string>): Promise<void> {
    for (const object of objects) {
      const status = missingStatus(rule, object, now());
      if (status === undefined || valueAt(object, "metadata", "deletionTimestamp") !== undefined) continue;
      const [namespace, name] = ["namespace", "name"].map((key) => stringAt(object, "metadata", key));
      const lack = await rule.lacks?.(object, this.cluster);
      if (lack !== undefined) {
        held.set([rule.kind, namespace, name].filter(Boolean).join("/"), lack);
        continue;
      }
      const brings = rule.brings?.(object);
      if (brings !== undefined) await this.bring(brings, stringAt(object, "metadata", "uid"));
      await this.cluster.write(`${collectionOf(rule.apiVersion, rule.plural, namespace)}/${name}/status`, {
        apiVersion: rule.apiVersion,
        kind: rule.kind,
        metadata: { name: name ?? "", ...(namespace ? { namespace } : {}) },
        status,
      });
    }
  }
}

/** As Kubernetes writes times: in whole seconds. */
function now(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, "Z");
}
