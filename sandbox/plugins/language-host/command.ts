import { createRequire } from "node:module";
import * as path from "node:path";
import type * as language from "@pulumi/pulumi/proto/language_pb";
import { fromStruct } from "../grpc/struct";

/** What is to be run: directories and the `runtime.options` of Pulumi.yaml or PulumiPolicy.yaml. */
export interface Program {
  rootDirectory: string;
  directory: string;
  entryPoint: string;
  options: { typescript: boolean; tsconfig?: string; nodeargs: string[] };
}

/** Reads what the engine says about a program; a missing part means the working directory. */
export function programFrom(info: language.ProgramInfo | undefined, pwd: string): Program {
  const options = fromStruct(info?.getOptions());
  const directory = info?.getProgramDirectory() || pwd;
  const tsconfig = options["tsconfig"];
  return {
    rootDirectory: info?.getRootDirectory() || pwd,
    directory,
    entryPoint: info?.getEntryPoint() || ".",
    options: {
      typescript: options["typescript"] !== false,
      ...(typeof tsconfig === "string" && tsconfig ? { tsconfig: path.resolve(directory, tsconfig) } : {}),
      nodeargs: splitArguments(typeof options["nodeargs"] === "string" ? options["nodeargs"] : ""),
    },
  };
}

/** The command line (after `node`) of a Pulumi program. */
export function runArguments(request: language.RunRequest, program: Program, engine: string): string[] {
  const values: [string, string][] = [
    ["--monitor", request.getMonitorAddress()],
    ["--engine", engine],
    ["--organization", request.getOrganization()],
    ["--project", request.getProject()],
    ["--root-directory", program.rootDirectory],
    ["--stack", request.getStack()],
    ["--pwd", program.directory],
    ["--parallel", String(request.getParallel())],
  ];
  return [
    ...program.options.nodeargs,
    sdkCommand("run", program.directory),
    ...values.filter(([, value]) => value !== "").flat(),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    program.entryPoint,
    ...request.getArgsList(),
  ];
}

/** The environment by which the SDK learns the stack's configuration and how to read the program. */
export function runEnvironment(request: language.RunRequest, program: Program): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    ...typescriptEnvironment(program),
  };
}

/**
 * The command line (after `node`) of a plugin written for Node: a policy pack (kind `analyzer`) or a provider.
 * @throws if the kind is neither
 */
export function pluginArguments(request: language.RunPluginRequest, program: Program): string[] {
  const { nodeargs } = program.options;
  switch (request.getKind()) {
    case "analyzer":
      return [
        sdkCommand("run-policy-pack", program.directory),
        ...nodeargs,
        ...request.getArgsList(),
        program.directory,
      ];
    case "resource":
      return [sdkCommand("run-plugin", program.directory), ...nodeargs, program.directory, ...request.getArgsList()];
    default:
      throw new Error(
        `The stand-in for the Node.js language host runs plugins of kind "analyzer" and "resource", ` +
          `not "${request.getKind()}" (${program.directory}).`,
      );
  }
}

/** A plugin's environment: the one that the engine gives, complete, and how to read TypeScript. */
export function pluginEnvironment(request: language.RunPluginRequest, program: Program): NodeJS.ProcessEnv {
  const given = request.getEnvList().map((entry): [string, string] => {
    const at = entry.indexOf("=");
    return [entry.slice(0, at), entry.slice(at + 1)];
  });
  return { ...Object.fromEntries(given), ...typescriptEnvironment(program) };
}

/** Splits words as a shell does: spaces part them, quotes and backslashes keep spaces. */
export function splitArguments(text: string): string[] {
  const words = text.match(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/gs) ?? [];
  return words.map((word) =>
    word.replace(/\\(.)|"((?:[^"\\]|\\.)*)"|'([^']*)'/gs, (_, escaped, double, single) =>
      String(escaped ?? (double as string | undefined)?.replace(/\\(["\\])/g, "$1") ?? single),
    ),
  );
}

function typescriptEnvironment({ options }: Program): NodeJS.ProcessEnv {
  return {
    ...(options.typescript ? { PULUMI_NODEJS_TYPESCRIPT: "true" } : {}),
    ...(options.tsconfig ? { PULUMI_NODEJS_TSCONFIG_PATH: options.tsconfig } : {}),
  };
}

// The program's own SDK runs it; a policy pack below the program finds the program's.
function sdkCommand(command: string, directory: string): string {
  try {
    return createRequire(path.join(directory, "index.js")).resolve(`@pulumi/pulumi/cmd/${command}`);
  } catch {
    throw new Error(`The package @pulumi/pulumi was not found from ${directory}. Run "npm ci" there or above it.`);
  }
}
