import * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { CHANNEL_OPTIONS } from "./serve";

export type Severity = "DEBUG" | "INFO" | "WARNING" | "ERROR";

/** Shows a message to the user; with a URN, beside that resource. Never fails. */
export type Log = (severity: Severity, message: string, urn?: string) => void;

/** A log that goes to the engine at the address; nowhere, if there is none. */
export function engineLog(address: string): Log {
  if (!/:\d+$/.test(address)) return () => undefined;
  const client = new EngineClient(address, grpc.credentials.createInsecure(), CHANNEL_OPTIONS);
  return (severity, message, urn = "") => {
    const request = new LogRequest().setSeverity(LogSeverity[severity]).setMessage(message).setUrn(urn);
    // A message that does not arrive must not fail the operation that it is about.
    client.log(request, () => undefined);
  };
}
