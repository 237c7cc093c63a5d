import { readFileSync } from "node:fs";
import * as path from "node:path";
import { type Document, parseDocument } from "yaml";

import { type ObservedCluster } from "../../fleet/observed";
import { announceStacks, type Context, type RunningSandbox } from "../commands/context";
import { clustersOf, waitForClusters } from "../commands/fleet";
import { bringUp, takeDown } from "../commands/stacks";
import { placeOfOwnStack, removeOwnStack, writeOwnStack } from "../engine/own-stack";

/** A stack that a demo makes for itself, and takes away at its end. Its clusters have a namespace of its name. */
export class DemoStack {
  readonly name: string;
  /** Its stack file, which the user may edit. */
  readonly file: string;
  private readonly document: Document;

  /** @param demo Such as `rollout`: the template is `rollout.yaml`, the stack `demo-rollout`. */
  constructor(
    private readonly context: Context,
    private readonly sandbox: RunningSandbox,
    demo: string,
  ) {
    this.document = parseDocument(readFileSync(path.join(__dirname, `${demo}.yaml`), "utf8"));
    this.name = `demo-${demo}`;
    this.file = placeOfOwnStack(context.paths, this.name).configFile;
  }

  /** Names of the clusters that its file declares. */
  get clusters(): string[] {
    const { config } = this.document.toJS() as { config: { "cluster-fleet:clusters": object } };
    return Object.keys(config["cluster-fleet:clusters"]);
  }

  /** Writes its file, with a version of Kubernetes for every cluster. */
  declare(version: string): void {
    this.document.setIn(["config", "cluster-fleet:management", "path"], this.context.paths.kubeconfig);
    this.document.setIn(["config", "cluster-fleet:overlay", "version"], version);
    writeOwnStack(this.context.paths, this.name, this.document.toString());
    announceStacks(this.context.paths, this.sandbox);
  }

  /** `pulumi up`. Returns when every cluster is available and nothing is under way in it. */
  async bringUp(): Promise<void> {
    await bringUp(this.context, this.sandbox.engine, this.name);
    await waitForClusters(this.context, this.name);
  }

  /** Clears what an engine that was killed left on it. */
  async recover(): Promise<void> {
    await this.sandbox.engine.prepareStack(this.name, this.context.report.line);
  }

  /** What lives of it. */
  live(): Promise<readonly ObservedCluster[]> {
    return clustersOf(this.context, this.name);
  }

  /** `pulumi destroy`; nothing of it stays. */
  async remove(): Promise<void> {
    await takeDown(this.context, this.sandbox.engine, this.name);
    removeOwnStack(this.context.paths, this.name);
    announceStacks(this.context.paths, this.sandbox);
  }
}
