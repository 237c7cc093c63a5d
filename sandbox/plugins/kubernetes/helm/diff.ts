import { type JsonObject } from "../../grpc/json";
import { type DiffKind, type DiffResponse, type PropertyDiff } from "../../grpc/provider";
import { differences, pathText } from "../diff";

/** Helm knows a release by these. */
const REPLACING = ["name", "namespace"];

/** What changes between the old inputs of a release and the new ones. */
export function releaseDiff(olds: JsonObject, news: JsonObject): DiffResponse {
  const changes = differences(olds, news, []).map(({ path, kind }) => {
    const replaces = REPLACING.includes(String(path[0]));
    const difference: PropertyDiff = { kind: replaces ? (`${kind}_REPLACE` as DiffKind) : kind, inputDiff: true };
    return { path: pathText(path), difference, replaces };
  });
  if (changes.length === 0) return { changes: "DIFF_NONE", hasDetailedDiff: true };
  const replaces = changes.filter((change) => change.replaces).map(({ path }) => path);
  return {
    changes: "DIFF_SOME",
    detailedDiff: Object.fromEntries(changes.map(({ path, difference }) => [path, difference])),
    hasDetailedDiff: true,
    ...(replaces.length > 0 ? { replaces } : {}),
  };
}
