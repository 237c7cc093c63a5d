import { type z } from "zod";

import { parsePart } from "../part";
import { isMap, type Path, valueAt } from "../path";
import { freeze, gate, hold, override, stage, window } from "../schema/upgrades";

/** `cluster-fleet:upgrades` as its checks see it: a mistake in one entry of a list does not hide those in the others. */
export interface RolloutDraft {
  readonly stages: readonly StageEntry[];
  readonly windows: readonly Entry<z.output<typeof window>>[];
  readonly freezes: readonly Entry<z.output<typeof freeze>>[];
  /** Pauses and skips. */
  readonly holds: readonly Entry<z.output<typeof hold>>[];
  readonly overrides: readonly Entry<z.output<typeof override>>[];
  /** As they are written; `undefined` where a stage has none. */
  readonly stageNames: readonly string[] | undefined;
  readonly clusterNames: readonly string[];
  /** How many clusters each stage has, by its name; empty where that cannot be told. */
  readonly sizes: ReadonlyMap<string, number>;
}

export interface StageEntry extends Entry<z.output<typeof stage>> {
  readonly gates: readonly Entry<z.output<typeof gate>>[];
}

/** An entry of a list. */
export interface Entry<T> {
  readonly path: Path;
  /** What is right of it. */
  readonly value: Partial<T>;
  /** Whether something stands at a key, right or wrong. */
  readonly states: (key: keyof T & string) => boolean;
}

/** @param written What stands at `upgrades`, before it is judged. */
export function rolloutDraft(
  written: unknown,
  { clusterNames, sizes }: Pick<RolloutDraft, "clusterNames" | "sizes">,
): RolloutDraft {
  return {
    stages: entries(stage, written, ["stages"]).map((entry) => ({
      ...entry,
      gates: entries(gate, written, [...entry.path.slice(1), "gates"]),
    })),
    windows: entries(window, written, ["windows"]),
    freezes: entries(freeze, written, ["freezes"]),
    holds: [...entries(hold, written, ["pause"]), ...entries(hold, written, ["skip"])],
    overrides: entries(override, written, ["override"]),
    stageNames: stageNames(valueAt(written, ["stages"])),
    clusterNames,
    sizes,
  };
}

function entries<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  written: unknown,
  at: Path,
): Entry<z.output<z.ZodObject<Shape>>>[] {
  const list = valueAt(written, at);
  return !Array.isArray(list)
    ? []
    : list.flatMap((item: unknown, index) => {
        if (!isMap(item)) return [];
        const { value = {} } = parsePart(schema.partial(), item, []);
        return [
          {
            path: ["upgrades", ...at, index],
            value: value as Partial<z.output<z.ZodObject<Shape>>>,
            states: (member: string) => Object.hasOwn(item, member),
          },
        ];
      });
}

function stageNames(list: unknown = []): readonly string[] | undefined {
  const names = Array.isArray(list) ? list.map((each) => valueAt(each, ["name"])) : [undefined];
  return names.every((name) => typeof name === "string") ? names : undefined;
}
