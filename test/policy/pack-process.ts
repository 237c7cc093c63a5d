import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  AnalyzerResourceOptions,
  AnalyzeRequest,
  type AnalyzeResponse,
  type AnalyzerInfo,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty, Struct } from "../../sandbox/plugins/grpc/protobuf";

export const PACK_FOLDER = path.resolve(__dirname, "../../policy");

/** The pack as a language host starts it, and the calls that the engine makes. */
export interface RunningPack {
  info(): Promise<AnalyzerInfo>;
  analyze(type: string, props: object): Promise<AnalyzeResponse>;
  stop(): void;
}

/** Starts the pack. @throws Error with what the pack wrote, if it ends before it serves. */
export async function startPack(): Promise<RunningPack> {
  const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
  // The address of an engine is an argument that the pack never calls.
  const pack = spawn(process.execPath, [runner, "127.0.0.1:1", PACK_FOLDER], { cwd: PACK_FOLDER });
  const client = new AnalyzerClient(`127.0.0.1:${await servedPort(pack)}`, grpc.credentials.createInsecure());
  return {
    info: () => new Promise((done, fail) => client.getAnalyzerInfo(new Empty(), answer(done, fail))),
    analyze: (type, props) =>
      new Promise((done, fail) => client.analyze(analyzeRequest(type, props), answer(done, fail))),
    stop: () => {
      client.close();
      pack.kill();
    },
  };
}

/** The pack's first line on stdout is its port. */
function servedPort(pack: ChildProcess): Promise<number> {
  return new Promise((done, fail) => {
    let errors = "";
    pack.stderr?.on("data", (chunk: Buffer) => (errors += chunk.toString()));
    pack.stdout?.once("data", (chunk: Buffer) => done(Number(chunk.toString().trim())));
    pack.once("exit", (code) => fail(new Error(`The pack ended with code ${code} before it served:\n${errors}`)));
  });
}

function analyzeRequest(type: string, props: object): AnalyzeRequest {
  const request = new AnalyzeRequest();
  request.setType(type);
  request.setName("the-resource");
  request.setUrn(`urn:pulumi:test::cluster-fleet::${type}::the-resource`);
  request.setProperties(Struct.fromJavaScript(props as Parameters<typeof Struct.fromJavaScript>[0]));
  request.setOptions(new AnalyzerResourceOptions());
  return request;
}

function answer<T>(done: (response: T) => void, fail: (error: Error) => void) {
  return (error: Error | null, response: T) => (error ? fail(error) : done(response));
}
