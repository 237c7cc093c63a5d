import { stageText } from "../../fleet/rollout/report";
import { type Action, type Decision } from "../../fleet/rollout/types";
import { type Output } from "../output";
import { cutEnd } from "../table";
import { type Look } from "./look";
import { waitText } from "./words";

/** Shows how a rollout goes on, look after look. */
export interface Progress {
  show(look: Look): void;
  /** Something that happened, such as a look that failed. */
  say(at: Date, text: string): void;
  /** Leaves what is drawn as it is: others write below it. */
  leave(): void;
}

/** One block that is drawn over on a terminal; elsewhere a line for each change. */
export function progressOn(out: Output): Progress {
  return out.terminal && !out.json ? block(out) : lines(out);
}

function block(out: Output): Progress {
  let drawn = 0;
  const draw = (text: readonly string[]) => {
    const shown = text.slice(0, Math.max(1, out.rows - 2)).map((line) => cutEnd(line, out.columns - 1));
    out.write(`${drawn === 0 ? "" : `\u001b[${drawn}A\u001b[J`}${shown.map((line) => `${line}\n`).join("")}`);
    drawn = shown.length;
  };
  const leave = () => void (drawn = 0);
  return {
    show(look) {
      const text = entries(look).flatMap((each) => (each.quiet === true ? [] : [each.text]));
      draw([...text, `${clock(look.at)} Ctrl-C ends`]);
    },
    say(at, text) {
      leave();
      out.line(`${clock(at)} ${text}`);
    },
    leave,
  };
}

function lines(out: Output): Progress {
  const before = new Map<string, string>();
  return {
    show(look) {
      for (const { key, text, quiet = false } of entries(look)) {
        const known = before.get(key);
        if (known !== text && !(quiet && known === undefined)) out.line(`${clock(look.at)} ${text}`);
        before.set(key, text);
      }
    },
    say: (at, text) => out.line(`${clock(at)} ${text}`),
    leave: () => undefined,
  };
}

interface Entry {
  /** What it is about. */
  readonly key: string;
  readonly text: string;
  /** Of no interest unless it was otherwise before. */
  readonly quiet?: boolean;
}

const AT_REST: readonly Action[] = ["done", "unmanaged"];

/** Stages, clusters that are not merely waiting, and what is waited for. */
function entries(look: Look): Entry[] {
  const { stages, decisions } = look.rollout;
  const shown = decisions.filter(({ action }) => ["step", "nodes", "moving", "failed", ...AT_REST].includes(action));
  return [
    ...stages.map((stage) => ({ key: `stage ${stage.name}`, text: stageText(stage) })),
    ...shown.map((each) => ({ key: each.cluster, text: clusterText(each), quiet: AT_REST.includes(each.action) })),
    { key: "", text: waitText(look) },
  ];
}

function clusterText({ cluster, stage, action, from, reason }: Decision): string {
  const at = from?.kubernetes ?? "";
  const what = AT_REST.includes(action)
    ? "at its target"
    : action === "step" || action === "nodes"
      ? "may move"
      : action;
  return `  ${cluster} (${stage}): ${[at, what].filter(Boolean).join(", ")}${reason === "" ? "" : ` (${reason})`}`;
}

/** Time of day, UTC, as in the controllers' logs. */
function clock(at: Date): string {
  return `${at.toISOString().slice(11, 19)}Z`;
}
