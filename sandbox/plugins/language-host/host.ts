import * as grpc from "@grpc/grpc-js";
import * as language from "@pulumi/pulumi/proto/language_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import { version as sdkVersion } from "@pulumi/pulumi/version";
import { Empty } from "../grpc/protobuf";
import { type Children, exitCode } from "./children";
import { pluginArguments, pluginEnvironment, programFrom, runArguments, runEnvironment } from "./command";

/** Exit code of a program that has shown its error already. */
const BAIL = 32;

/**
 * The methods of the language runtime that the engine needs to run a program, a policy pack or a provider in Node.
 * @param engine the engine's address, handed to the program
 */
export function languageHandlers(engine: string, children: Children): grpc.UntypedServiceImplementation {
  return {
    getPluginInfo: answer(() => new plugin.PluginInfo().setVersion(sdkVersion)),
    // Empty: the engine then finds each plugin when the program first needs it, with the version that its SDK states.
    // It never asks for a download of a plugin that is served by a stand-in.
    getRequiredPackages: answer(() => new language.GetRequiredPackagesResponse()),
    about: answer(() => new language.AboutResponse().setExecutable(process.execPath).setVersion(process.version)),
    getProgramDependencies: answer(() => new language.GetProgramDependenciesResponse()),
    runtimeOptionsPrompts: answer(() => new language.RuntimeOptionsResponse()),
    installDependencies: installDependencies,
    run: (call: grpc.ServerUnaryCall<language.RunRequest, unknown>, callback: grpc.sendUnaryData<unknown>) => {
      run(call, engine, children).then(
        (response) => callback(null, response),
        (error: unknown) => callback(asServiceError(error)),
      );
    },
    runPlugin: (call: grpc.ServerWritableStream<language.RunPluginRequest, unknown>) => {
      runPlugin(call, children).catch((error: unknown) => call.emit("error", asServiceError(error)));
    },
    cancel: (_call: unknown, callback: grpc.sendUnaryData<unknown>) => {
      void children.stopAll();
      callback(null, new Empty());
    },
  };
}

async function run(
  call: grpc.ServerUnaryCall<language.RunRequest, unknown>,
  engine: string,
  children: Children,
): Promise<language.RunResponse> {
  const request = call.request;
  const program = programFrom(request.getInfo(), request.getPwd());
  const child = children.start(
    runArguments(request, program, engine),
    program.directory,
    runEnvironment(request, program),
  );
  call.on("cancelled", () => void children.stop(child));
  // Copied, not inherited: the engine reads this process's output and must keep its pipes as it made them.
  child.stdout.pipe(process.stdout, { end: false });
  child.stderr.pipe(process.stderr, { end: false });
  const code = await exitCode(child);
  const response = new language.RunResponse();
  if (code === BAIL) return response.setBail(true);
  return code === 0 ? response : response.setError(`Program exited with non-zero exit code: ${String(code)}`);
}

async function runPlugin(
  call: grpc.ServerWritableStream<language.RunPluginRequest, unknown>,
  children: Children,
): Promise<void> {
  const request = call.request;
  const program = programFrom(request.getInfo(), request.getPwd());
  const cwd = request.getKind() === "analyzer" ? program.directory : request.getPwd();
  const child = children.start(pluginArguments(request, program), cwd, pluginEnvironment(request, program));
  call.on("cancelled", () => void children.stop(child));
  child.stdout.on("data", (chunk: Buffer) => call.write(new language.RunPluginResponse().setStdout(chunk)));
  child.stderr.on("data", (chunk: Buffer) => call.write(new language.RunPluginResponse().setStderr(chunk)));
  const code = await exitCode(child);
  call.write(new language.RunPluginResponse().setExitcode(code));
  call.end();
}

function installDependencies(call: grpc.ServerWritableStream<language.InstallDependenciesRequest, unknown>): void {
  const text = "The stand-in for the Node.js language host installs nothing: run `npm ci`.\n";
  call.write(new language.InstallDependenciesResponse().setStdout(Buffer.from(text)));
  call.end();
}

function answer(make: () => unknown): grpc.handleUnaryCall<unknown, unknown> {
  return (_call, callback) => callback(null, make());
}

function asServiceError(error: unknown): Partial<grpc.StatusObject> {
  return { code: grpc.status.UNKNOWN, details: error instanceof Error ? error.message : String(error) };
}
