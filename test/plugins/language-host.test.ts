import * as assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { type LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { LanguageRuntimeClient } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as language from "@pulumi/pulumi/proto/language_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { type RegisterResourceRequest, RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "../../sandbox/plugins/grpc/protobuf";
import { withUnimplemented } from "../../sandbox/plugins/grpc/serve";
import { toStruct } from "../../sandbox/plugins/grpc/struct";

const HOST = path.join(__dirname, "../../sandbox/plugins/bin/pulumi-language-nodejs");
const PROGRAMS = path.join(__dirname, "programs");
const insecure = grpc.credentials.createInsecure();

/** Resolves with the first decimal line that a plugin prints: its port. */
function firstPort<T>(stream: NodeJS.EventEmitter, text: (chunk: T) => string): Promise<number> {
  return new Promise((resolve) => {
    let seen = "";
    stream.on("data", (chunk: T) => {
      seen += text(chunk);
      const line = /^(\d+)\n/.exec(seen);
      if (line) resolve(Number(line[1]));
    });
  });
}

describe("the language host", function () {
  this.timeout(60_000);
  let host: ChildProcess;
  let client: LanguageRuntimeClient;
  let monitor: grpc.Server;
  let monitorAddress: string;
  let output = "";

  before(async () => {
    monitor = new grpc.Server();
    const service = ResourceMonitorService as unknown as grpc.ServiceDefinition;
    const done: grpc.handleUnaryCall<unknown, unknown> = (_call, callback) => callback(null, new Empty());
    const registerResource: grpc.handleUnaryCall<RegisterResourceRequest, RegisterResourceResponse> = (
      call,
      callback,
    ) => callback(null, new RegisterResourceResponse().setUrn(`urn:${call.request.getName()}`));
    monitor.addService(
      service,
      withUnimplemented(service, { registerResource, registerResourceOutputs: done, signalAndWaitForShutdown: done }),
    );
    const engine = EngineService as unknown as grpc.ServiceDefinition;
    const log: grpc.handleUnaryCall<LogRequest, unknown> = (call, callback) => {
      output += call.request.getMessage();
      callback(null, new Empty());
    };
    monitor.addService(engine, withUnimplemented(engine, { log }));
    const port = await new Promise<number>((resolve, reject) => {
      monitor.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      );
    });
    monitorAddress = `127.0.0.1:${String(port)}`;
    host = spawn(HOST, [monitorAddress], { stdio: ["pipe", "pipe", "inherit"] });
    assert.ok(host.stdout);
    host.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    client = new LanguageRuntimeClient(`127.0.0.1:${String(await firstPort(host.stdout, String))}`, insecure);
  });

  after(() => {
    client.close();
    monitor.forceShutdown();
    host.kill();
  });

  function run(exitCode: number): Promise<language.RunResponse> {
    const directory = path.join(PROGRAMS, "exits");
    const request = new language.RunRequest()
      .setProject("project")
      .setStack("stack")
      .setMonitorAddress(monitorAddress)
      .setParallel(4)
      .setDryrun(true)
      .setArgsList([String(exitCode)])
      .setConfigsecretkeysList(["project:password"])
      .setInfo(
        new language.ProgramInfo()
          .setRootDirectory(directory)
          .setProgramDirectory(directory)
          .setEntryPoint(".")
          .setOptions(toStruct({ tsconfig: "tsconfig.pulumi.json" })),
      );
    request.getConfigMap().set("project:size", "3");
    return new Promise((resolve, reject) => {
      client.run(request, (error, response) => (error ? reject(error) : resolve(response)));
    });
  }

  it("says the SDK's version", async () => {
    const info = await new Promise<string>((resolve, reject) => {
      client.getPluginInfo(new Empty(), (error, response) => (error ? reject(error) : resolve(response.getVersion())));
    });
    assert.equal(info, "3.246.0");
  });

  it("requires no plugin ahead of the program, so that none is downloaded in place of a stand-in", async () => {
    const packages = await new Promise<unknown[]>((resolve, reject) => {
      client.getRequiredPackages(new language.GetRequiredPackagesRequest(), (error, response) =>
        error ? reject(error) : resolve(response.getPackagesList()),
      );
    });
    assert.deepEqual(packages, []);
  });

  it("runs a program that succeeds, with its configuration, secret keys, folder and tsconfig", async () => {
    output = "";
    const response = await run(0);
    assert.deepEqual([response.getError(), response.getBail()], ["", false], output);
    assert.deepEqual(JSON.parse(/shown: (.*)/.exec(output)?.[1] ?? "null"), {
      arguments: ["0"],
      config: '{"project:size":"3"}',
      folder: path.join(PROGRAMS, "exits"),
      secretKeys: '["project:password"]',
      tsconfig: path.join(PROGRAMS, "exits", "tsconfig.pulumi.json"),
      typescript: "true",
    });
  });

  it("reports a program that fails", async () => {
    const response = await run(1);
    assert.equal(response.getError(), "Program exited with non-zero exit code: 1");
    assert.equal(response.getBail(), false);
  });

  it("reports exit code 32 as an error that was shown already", async () => {
    const response = await run(32);
    assert.deepEqual([response.getError(), response.getBail()], ["", true]);
  });

  it("starts a policy pack that has no node_modules of its own, and ends it when the engine is done", async () => {
    const directory = path.join(PROGRAMS, "policy-pack");
    const request = new language.RunPluginRequest()
      .setKind("analyzer")
      .setPwd(directory)
      .setArgsList([monitorAddress])
      .setEnvList(Object.entries(process.env).map(([key, value]) => `${key}=${value ?? ""}`))
      .setInfo(
        new language.ProgramInfo()
          .setProgramDirectory(directory)
          .setRootDirectory(directory)
          .setOptions(toStruct({ typescript: false })),
      );
    const stream = client.runPlugin(request);
    stream.on("error", () => undefined);
    const port = await firstPort(stream, (chunk: language.RunPluginResponse) =>
      Buffer.from(chunk.getStdout_asU8()).toString(),
    );
    const analyzer = new AnalyzerClient(`127.0.0.1:${String(port)}`, insecure);
    const name = () =>
      new Promise<string>((resolve, reject) => {
        analyzer.getAnalyzerInfo(new Empty(), (error, info) =>
          error ? reject(error) : resolve(`${info.getName()} ${info.getVersion()}`),
        );
      });
    assert.equal(await name(), "tiny 1.2.3");

    stream.cancel();
    for (let running = true; running;) running = await name().then(Boolean, () => false);
    analyzer.close();
  });

  it("refuses other kinds of plugin by name", async () => {
    const request = new language.RunPluginRequest().setKind("converter").setPwd(PROGRAMS);
    const stream = client.runPlugin(request);
    stream.resume();
    const [error] = (await once(stream, "error")) as [grpc.ServiceError];
    assert.equal(
      error.details,
      `The stand-in for the Node.js language host runs plugins of kind "analyzer" and "resource", not "converter" (${PROGRAMS}).`,
    );
  });

  it("ends when the engine's end of its standard input closes", async () => {
    const other = spawn(HOST, [monitorAddress], { stdio: ["pipe", "pipe", "inherit"] });
    await firstPort(other.stdout, String);
    other.stdin.end();
    const [code] = (await once(other, "exit")) as [number];
    assert.equal(code, 0);
  });
});
