import { equal, isObject, type Json, type JsonObject } from "../grpc/json";
import { type DiffKind, type DiffRequest, type DiffResponse, type PropertyDiff } from "../grpc/provider";
import { withoutSecrets } from "../grpc/struct";
import { forceNewFields } from "./force-new";
import { ANNOTATIONS, annotation, apiVersionOf, groupOf, nameOf, namespaceOf } from "./objects";
import { type Settings } from "./settings";

/** What changes between the old inputs and the new ones, and whether the object must be replaced for it. */
export function diff(
  request: DiffRequest,
  settings: Pick<Settings, "enableConfigMapMutable" | "enableSecretMutable">,
): DiffResponse {
  const olds = withoutSecrets(request.oldInputs);
  const news = withoutSecrets(request.news);
  const forceNew = forceNewFields(news, settings).map((field) => field.split(/[.[]/));
  if (groupOf(apiVersionOf(olds)) !== groupOf(apiVersionOf(news))) forceNew.push(["apiVersion"]);

  const changes: [path: string, difference: PropertyDiff, replaces: boolean][] = [];
  for (const { path, kind } of differences(olds, news, [])) {
    const replaces = forceNew.some((field) => covers(field, path));
    const difference: PropertyDiff = {
      ...(replaces ? { kind: `${kind}_REPLACE` as DiffKind } : kind === "ADD" ? {} : { kind }),
      ...(kind === "DELETE" ? { inputDiff: true } : {}),
    };
    changes.push([pathText(path), difference, replaces]);
  }
  if (changes.length === 0) return { changes: "DIFF_NONE", hasDetailedDiff: true };

  const replaces = changes.filter(([, , replaced]) => replaced).map(([path]) => path);
  return {
    changes: "DIFF_SOME",
    detailedDiff: Object.fromEntries(changes.map(([path, difference]) => [path, difference])),
    hasDetailedDiff: true,
    ...(replaces.length > 0 ? { replaces } : {}),
    ...(replaces.length > 0 && keepsItsName(olds, news) ? { deleteBeforeReplace: true } : {}),
  };
}

export type Path = (string | number)[];

export interface Difference {
  path: Path;
  kind: "ADD" | "DELETE" | "UPDATE";
}

/** Every field that differs, lists item by item. */
export function differences(old: Json | undefined, now: Json | undefined, path: Path): Difference[] {
  if (equal(old, now)) return [];
  if (now === undefined) return [{ path, kind: "DELETE" }];
  if (old === undefined) return [{ path, kind: "ADD" }];
  if (isObject(old) && isObject(now)) {
    const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
    return keys.flatMap((key) => differences(old[key], now[key], [...path, key]));
  }
  if (Array.isArray(old) && Array.isArray(now)) {
    const indexes = Array.from({ length: Math.max(old.length, now.length) }, (_, index) => index);
    return indexes.flatMap((index) => differences(old[index], now[index], [...path, index]));
  }
  return [{ path, kind: "UPDATE" }];
}

function covers(field: string[], path: Path): boolean {
  return field.every((part, index) => (part === "*]" ? typeof path[index] === "number" : part === path[index]));
}

/** A path in Pulumi's notation: keys with special characters in brackets. */
export function pathText(path: Path): string {
  return path
    .map((part, index) => {
      if (typeof part === "number") return `[${String(part)}]`;
      if (/[."[\]]/.test(part)) return `[${JSON.stringify(part)}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join("");
}

// The new object cannot stand beside the old one under the same name.
function keepsItsName(olds: JsonObject, news: JsonObject): boolean {
  const automatic = annotation(news, ANNOTATIONS.autonamed) === "true";
  return !automatic && nameOf(olds) === nameOf(news) && namespaceOf(olds) === namespaceOf(news);
}
