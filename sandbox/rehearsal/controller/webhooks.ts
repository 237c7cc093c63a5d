import { isObject, type JsonObject, objectAt, stringAt } from "../../plugins/grpc/json";
import { type Cluster, collectionOf } from "./cluster";

const API = "admissionregistration.k8s.io/v1";
const KINDS = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];

/** Never holds, so the API server does not call the webhook; Helm leaves it alone. */
const NEVER = { name: "nobody-answers", expression: "false" };

/**
 * Switches off the admission webhooks of pods that do not run: the API server would refuse whatever they guard. Those
 * of Cluster API's controllers, which run, stay.
 */
export async function silenceWebhooks(cluster: Cluster): Promise<void> {
  for (const kind of KINDS) {
    const collection = collectionOf(API, `${kind.toLowerCase()}s`);
    for (const configuration of await cluster.list(collection)) {
      const silenced = silencedWebhooks(kind, configuration);
      if (silenced !== undefined) await cluster.write(`${collection}/${nameOf(configuration)}`, silenced);
    }
  }
}

/** What to apply, so that no webhook behind a Service is called; undefined where none would be. */
export function silencedWebhooks(kind: string, configuration: JsonObject): JsonObject | undefined {
  const webhooks = itemsOf(configuration, "webhooks").filter(
    (webhook) =>
      isObject(objectAt(webhook, "clientConfig")["service"]) &&
      !itemsOf(webhook, "matchConditions").some(({ name }) => name === NEVER.name),
  );
  if (webhooks.length === 0) return undefined;
  return {
    apiVersion: API,
    kind,
    metadata: { name: nameOf(configuration) },
    webhooks: webhooks.map((webhook) => ({ name: stringAt(webhook, "name"), matchConditions: [NEVER] })),
  };
}

function itemsOf(object: JsonObject, key: string): JsonObject[] {
  const items = object[key];
  return (Array.isArray(items) ? items : []).filter(isObject);
}

function nameOf(configuration: JsonObject): string {
  return stringAt(configuration, "metadata", "name");
}
