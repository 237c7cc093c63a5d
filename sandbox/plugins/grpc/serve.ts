import * as fs from "node:fs";
import * as grpc from "@grpc/grpc-js";

/** 400 MiB, as the official plugins: a big stack travels in one message. */
const MESSAGE_LIMIT = 400 * 1024 * 1024;

/** Options of every gRPC server and client of the stand-ins. */
export const CHANNEL_OPTIONS = {
  "grpc.max_receive_message_length": MESSAGE_LIMIT,
  "grpc.max_send_message_length": MESSAGE_LIMIT,
};

/**
 * Serves one gRPC service on a free loopback port and tells the engine the port, as the plugin contract wants it: the
 * first line of standard output.
 * @param stop called once when the engine goes away or asks the process to end; the process exits when it is done
 */
export async function servePlugin(
  service: grpc.ServiceDefinition,
  implementation: grpc.UntypedServiceImplementation,
  stop: () => Promise<void> | void,
): Promise<void> {
  const server = new grpc.Server(CHANNEL_OPTIONS);
  server.addService(service, implementation);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  exitWithEngine(stop);
  process.stdout.write(`${String(port)}\n`);
}

/** The engine's address: the last argument of a plugin. */
export function engineAddress(): string {
  return process.argv.at(-1) ?? "";
}

/** A service that answers "unimplemented" for every method that has no handler. */
export function withUnimplemented(
  service: grpc.ServiceDefinition,
  handlers: grpc.UntypedServiceImplementation,
): grpc.UntypedServiceImplementation {
  const refuse = (method: string) => {
    const error = { code: grpc.status.UNIMPLEMENTED, details: `method ${method} not implemented` };
    return (call: grpc.ServerWritableStream<unknown, unknown>, callback?: grpc.sendUnaryData<unknown>) =>
      callback ? callback(error) : call.emit("error", error);
  };
  const names = Object.keys(service).filter((name) => !(name in handlers));
  return { ...handlers, ...Object.fromEntries(names.map((name) => [name, refuse(name)])) };
}

function exitWithEngine(stop: () => Promise<void> | void): void {
  let stopping = false;
  const end = () => {
    if (stopping) return;
    stopping = true;
    void Promise.resolve(stop()).finally(() => process.exit(0));
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  // The engine holds the other end of a pipe: its end is the engine's end, even if it was killed.
  if (isPipe()) process.stdin.on("end", end).on("error", end).resume();
}

function isPipe(): boolean {
  try {
    const stdin = fs.fstatSync(0);
    return stdin.isFIFO() || stdin.isSocket();
  } catch {
    return false;
  }
}
