import { isObject, type Json, stringAt } from "../grpc/json";
import { type Api, ApiError } from "./client";

/** Where the API server keeps the objects of a kind. */
export interface Resource {
  apiVersion: string;
  kind: string;
  plural: string;
  namespaced: boolean;
}

/** Looks kinds up. */
export interface Kinds {
  /** The kind's resource, or `undefined` if the API server does not know the kind (yet). */
  find(apiVersion: string, kind: string): Promise<Resource | undefined>;
}

/** How long "not there" is believed, in milliseconds: many objects of one unknown kind ask at the same time. */
const MISS_MEMORY = 1000;

/** Asks the API server which kinds it has, and asks again when a kind is missing: its definition may have arrived. */
export class Discovery implements Kinds {
  private readonly versions = new Map<string, { at: number; resources: Promise<Map<string, Resource>> }>();

  constructor(private readonly api: Api) {}

  async find(apiVersion: string, kind: string): Promise<Resource | undefined> {
    const known = this.versions.get(apiVersion);
    const found = (await known?.resources)?.get(kind);
    if (found || (known && Date.now() - known.at < MISS_MEMORY)) return found;
    const resources = this.load(apiVersion);
    this.versions.set(apiVersion, { at: Date.now(), resources });
    resources.catch(() => this.versions.delete(apiVersion));
    return (await resources).get(kind);
  }

  private async load(apiVersion: string): Promise<Map<string, Resource>> {
    try {
      const list = await this.api.request("GET", versionPath(apiVersion));
      const resources = Array.isArray(list["resources"]) ? list["resources"] : [];
      return new Map(
        resources.filter(isResource).map((entry) => [stringAt(entry, "kind"), asResource(apiVersion, entry)]),
      );
    } catch (error) {
      if (error instanceof ApiError && error.code === 404) return new Map();
      throw error;
    }
  }
}

/** The path of an object, or of the collection if no name is given. */
export function objectPath(resource: Resource, namespace: string, name = ""): string {
  const scope = resource.namespaced ? `/namespaces/${encodeURIComponent(namespace)}` : "";
  const collection = `${versionPath(resource.apiVersion)}${scope}/${resource.plural}`;
  return name ? `${collection}/${encodeURIComponent(name)}` : collection;
}

function versionPath(apiVersion: string): string {
  return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

// Names with a slash are subresources such as `pods/log`.
function isResource(entry: Json): boolean {
  return isObject(entry) && !stringAt(entry, "name").includes("/");
}

function asResource(apiVersion: string, entry: Json): Resource {
  return {
    apiVersion,
    kind: stringAt(entry, "kind"),
    plural: stringAt(entry, "name"),
    namespaced: isObject(entry) && entry["namespaced"] === true,
  };
}
