import { setTimeout as sleep } from "node:timers/promises";

import { type ObservedCluster } from "../../fleet/observed";
import { ready } from "../fleet-table";
import { EXIT, isExplained } from "../errors";
import { cutEnd } from "../table";
import { type Fleet } from "./look";
import { fleetDocument, fleetText, type Reported, reportedOf, type ReportOptions, summaryOf } from "./report";

export interface WatchOptions extends ReportOptions {
  readonly seconds: number;
  /** End with 0 as soon as all are ready, and with 3 if stopped before. Default: go on until stopped, then 0. */
  readonly expectReady: boolean;
  look(): Promise<Fleet>;
  /** Aborts the watch. Default: Ctrl-C, SIGTERM, or the end of the process that started this one. */
  readonly stop?: AbortSignal;
}

/** Looks again and again. The first look must succeed; one that fails later is reported and tried again. */
export async function watch(options: WatchOptions): Promise<number> {
  const { seconds, expectReady, look, stop = stopSignal() } = options;
  const show = painter(options);
  let first = true;
  while (!stop.aborted) {
    let reported: Reported | undefined;
    try {
      const fleet = await look();
      reported = reportedOf(fleet, options.wanted);
      if (!stop.aborted) show.fleet(fleet, reported);
    } catch (error) {
      if (first || !isExplained(error)) throw error;
      if (!stop.aborted) show.problem(error.message);
    }
    first = false;
    if (!stop.aborted && expectReady && reported?.ready === true) return show.end(EXIT.done);
    await sleep(seconds * 1000, undefined, { signal: stop }).catch(() => undefined);
  }
  return show.end(expectReady ? EXIT.no : EXIT.done);
}

interface Painter {
  fleet(fleet: Fleet, reported: Reported): void;
  problem(message: string): void;
  /** Leaves the terminal as a shell wants it. @returns The exit code that it is given. */
  end(code: number): number;
}

const asItIs = (code: number) => code;

function painter(options: ReportOptions): Painter {
  if (options.out.json) return documents(options);
  return options.out.terminal ? screen(options) : lines(options);
}

/** One document a line, when something has changed. */
function documents({ out }: ReportOptions): Painter {
  let last = "";
  return {
    fleet(fleet, reported) {
      const key = changeKey(fleet, reported);
      if (key === last) return;
      last = key;
      out.write(`${JSON.stringify(fleetDocument(fleet, reported))}\n`);
    },
    problem: out.note,
    end: asItIs,
  };
}

/** Draws over what it drew; what does not fit on the screen is counted. */
function screen(options: ReportOptions): Painter {
  const { out } = options;
  let text = "";
  const paint = (content: string, footer: string) => {
    const all = content.split("\n");
    const room = Math.max(1, out.rows - 2);
    const shown = all.length <= room ? all : [...all.slice(0, room - 1), `… ${all.length - room + 1} more lines`];
    out.write(`\u001b[H${[...shown, footer].map((line) => `${line}\u001b[K`).join("\n")}\u001b[J`);
  };
  out.write("\u001b[2J");
  return {
    fleet(fleet, reported) {
      text = fleetText(fleet, reported, options);
      paint(text, out.style("dim", `${clock(fleet.at)}  Ctrl-C ends`));
    },
    problem: (message) => paint(text, cutEnd(`${clock(new Date())}  ${message}`, out.columns)),
    end(code) {
      out.line();
      return code;
    },
  };
}

/** The fleet once, then a line for each change. */
function lines(options: ReportOptions): Painter {
  const { out } = options;
  let before: Map<string, string> | undefined;
  return {
    fleet(fleet, reported) {
      const states = new Map(reported.members.map(({ cluster }) => [keyOf(cluster), stateOf(cluster)]));
      if (before === undefined) {
        out.line(fleetText(fleet, reported, options));
      } else {
        const changed = [...changes(before, states)];
        for (const change of changed) out.line(`${clock(fleet.at)} ${change}`);
        if (changed.length > 0) out.line(`${clock(fleet.at)} ${summaryOf(reported)}`);
      }
      before = states;
    },
    problem: (message) => out.line(`${clock(new Date())} ${message}`),
    end: asItIs,
  };
}

function* changes(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): Generator<string> {
  for (const [name, state] of now) {
    if (before.get(name) !== state) yield `${name}: ${state}`;
  }
  for (const name of before.keys()) {
    if (!now.has(name)) yield `${name}: no longer listed`;
  }
}

/** All that may change of a cluster but its age. */
function stateOf({ version, available, settled, controlPlane, workers, reason }: ObservedCluster): string {
  const health = `${available ? "available" : "not available"}, ${settled ? "settled" : "not settled"}`;
  const state = `${version ?? "-"}, ${health}, control plane ${ready(controlPlane)}, workers ${ready(workers)}`;
  return reason === "" ? state : `${state} (${reason})`;
}

function changeKey(fleet: Fleet, { members }: Reported): string {
  return JSON.stringify([fleet.missing, members.map(({ cluster }) => cluster)]);
}

function keyOf({ namespace, name }: ObservedCluster): string {
  return `${namespace}/${name}`;
}

/** Time of day, UTC, as in the controllers' logs. */
function clock(at: Date): string {
  return `${at.toISOString().slice(11, 19)}Z`;
}

/** Between npm and us there is a shell, which does not pass a signal on but dies of it. */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => controller.abort());
  const parent = process.ppid;
  const timer = setInterval(() => process.ppid !== parent && controller.abort(), 1000);
  timer.unref();
  return controller.signal;
}
