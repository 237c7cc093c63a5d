import { type Demo, parseCommandLine } from "./commands/arguments";
import { type Context } from "./commands/context";
import { killEngines } from "./engine/run";
import { handleInterrupts } from "./interrupt";
import { sandboxPaths } from "./layout";
import { SandboxProblem } from "./problem";
import { createReport } from "./report";

/** `npm run sandbox`, see `commands/help.ts`. */
async function main(args: readonly string[]): Promise<void> {
  const { command, subject, rest } = parseCommandLine(args);
  const context: Context = { paths: sandboxPaths(), report: createReport(process.stdout) };
  // Each command is loaded when it is called for: together they take seconds to load.
  switch (command) {
    case "start":
      return (await import("./commands/start")).start(context);
    case "status":
      return (await import("./commands/status")).status(context);
    case "up":
      return (await import("./commands/stacks")).up(context, subject, rest);
    case "preview":
      return (await import("./commands/stacks")).preview(context, subject, rest);
    case "demo":
      return (await import("./commands/demo")).demo(context, subject as Demo, rest);
    case "down":
      return (await import("./commands/down")).down(context);
    case "logs":
      return (await import("./commands/logs")).logs(context, subject);
    case "kubeconfig":
      return (await import("./commands/kubeconfig")).kubeconfig(context, subject);
    case "env":
      return (await import("./commands/env")).env(context);
    case "help":
      return context.report.line((await import("./commands/help")).HELP);
  }
}

handleInterrupts(() => {
  console.error(
    "\nStopped. What has been started keeps running: the same command goes on from here, " +
      "`npm run sandbox down` removes it.",
  );
});
process.once("exit", killEngines);

main(process.argv.slice(2)).then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error instanceof SandboxProblem ? `Error: ${error.message}` : error);
    process.exit(error instanceof SandboxProblem ? error.exitCode : 1);
  },
);
