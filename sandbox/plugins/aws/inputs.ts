import { nearest } from "../../../fleet/suggest";
import { isObject, type Json, type JsonObject, objectAt } from "../grpc/json";
import { type CheckResponse } from "../grpc/provider";
import { withoutSecrets } from "../grpc/struct";
import { type AwsType } from "./types";

/** What is wrong with the names of a thing's inputs: one is missing, or is none that the official provider has. */
export function inputFailures(known: AwsType, inputs: JsonObject): NonNullable<CheckResponse["failures"]> {
  const missing = known.required.filter((name) => inputs[name] === undefined || inputs[name] === null);
  const others = Object.keys(inputs).filter((name) => !name.startsWith("__") && !allowed(known).includes(name));
  return [
    ...missing.map((property) => ({ property, reason: `Missing required argument: ${property}` })),
    ...others.map((property) => ({ property, reason: unexpected(property, known) })),
  ];
}

function unexpected(name: string, known: AwsType): string {
  const meant = nearest(name, allowed(known));
  return `there is no input "${name}"${meant === undefined ? "" : `: did you mean "${meant}"?`}`;
}

/** What a program would say to get the thing as it is. */
export function importedInputs(known: AwsType, properties: JsonObject): JsonObject {
  const inputs = Object.fromEntries(Object.entries(properties).filter(([name]) => allowed(known).includes(name)));
  if (known.within === undefined) return inputs;
  const { input, outputs } = known.within;
  const inside = Object.entries(objectAt(inputs, input)).filter(([name]) => outputs[name] === undefined);
  return { ...inputs, [input]: Object.fromEntries(inside) };
}

/** The program's inputs with the values that live now; what others added to an object is not the program's. */
export function liveInputs(inputs: JsonObject, properties: JsonObject): JsonObject {
  const plain = withoutSecrets(inputs);
  return Object.fromEntries(Object.entries(plain).map(([name, value]) => [name, liveValue(value, properties[name])]));
}

function liveValue(input: Json, live: Json | undefined): Json {
  if (live === undefined) return input;
  return isObject(input) && isObject(live) ? liveInputs(input, live) : live;
}

function allowed(known: AwsType): string[] {
  return [...known.required, ...known.optional];
}
