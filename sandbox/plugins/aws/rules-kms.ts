import { type JsonObject, stringAt } from "../grpc/json";
import { type Change } from "./rules";

const KEY = "aws:kms/key:Key";
const ALIAS = "aws:kms/alias:Alias";

/** Source: KMS API reference, CreateAlias and DescribeKey, by which the other services look a key up. */
export function keysExist({ account, after }: Change): string | undefined {
  const keys = account.all(KEY).flatMap(({ id, properties }) => [id, stringAt(properties, "arn")]);
  const aliases = account.all(ALIAS).flatMap(({ id, properties }) => [id, stringAt(properties, "arn")]);
  const missing = namedKeys(after).find((key) => ![...keys, ...aliases].includes(key));
  return missing === undefined ? undefined : `NotFoundException: Key '${missing}' does not exist`;
}

function namedKeys(inputs: JsonObject): string[] {
  return [
    stringAt(inputs, "targetKeyId"),
    stringAt(inputs, "kmsKeyId"),
    stringAt(inputs, "encryptionConfig", "provider", "keyArn"),
  ].filter((key) => key !== "");
}
