import { readFileSync } from "node:fs";

import { renderTable } from "../../cli/table";
import { type SandboxPaths } from "../layout";
import { type ManagementProcesses } from "../management/cluster";
import { credentialFiles } from "../management/credentials";
import { startComponent } from "../management/start";
import { type Toolbox } from "../tools/toolbox";
import { kubeconfigAccess } from "./access";
import { STAND_IN_CHARTS } from "./charts/stand-in-charts";
import { StandInController } from "./controller/controller";
import { READY_RULES } from "./controller/rules";
import { type ForeignKinds, foreignKinds } from "./kinds/foreign-kinds";

/** The stand-in controller for a sandbox that runs. It does nothing before its `start`. */
export function standInController(
  paths: SandboxPaths,
  tools: Toolbox,
  management: ManagementProcesses,
): StandInController {
  const accountKey = readFileSync(credentialFiles(paths).serviceAccountKey, "utf8");
  const access = kubeconfigAccess(paths.kubeconfig);
  return new StandInController(access, accountKey, foreignKinds(tools), (component) =>
    startComponent(management, tools, access, component),
  );
}

/** Lines for the user: whose definitions are real, and what is marked ready although nothing runs. */
export function describeSurroundings(kinds: readonly ForeignKinds[]): string[] {
  return [
    "Kinds of systems that arrive on the way:",
    ...renderTable(
      kinds.map(({ name, crds, definitions, arrive }) => [name, String(crds.length), DEFINITIONS[definitions], arrive]),
      { head: ["system", "kinds", "definitions", "arrive"] },
    ),
    "",
    `Stand-ins for charts: ${STAND_IN_CHARTS.join(", ")}. A chart that is only recorded says so beside its resource.`,
    "",
    "Marked ready by the stand-in controller, which runs in place of what is named:",
    ...renderTable(
      READY_RULES.map(({ kind, insteadOf, gets }) => [kind, insteadOf, gets]),
      { head: ["kind", "in place of", "gets"] },
    ),
  ];
}

const DEFINITIONS: Readonly<Record<ForeignKinds["definitions"], string>> = {
  real: "real",
  "stand-in": "stand-ins that take anything",
};
