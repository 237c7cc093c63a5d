import * as path from "node:path";

import { type SandboxPaths, toolsFolder } from "../layout";
import { credentialFiles } from "../management/credentials";
import { STAND_IN_FOLDER } from "../plugins/choose";
import { withoutAws } from "../process/environment";
import { helmVariables } from "../tools/helm";
import { standInCharts } from "./charts/stand-in-charts";

/**
 * What the engine's environment has on top in a rehearsal: an AWS account that is a file, an EKS that is the sandbox's
 * API server, and an `aws` command that hands out its tokens. Nothing of the user's AWS set-up gets through.
 * @param profile The environment whose rights are used; default: an administrator's.
 */
export function rehearsalVariables(paths: SandboxPaths, profile?: string): NodeJS.ProcessEnv {
  const { CLUSTER_FLEET_CHARTS: realCharts } = helmVariables(toolsFolder(), process.env);
  return {
    ...withoutAws(),
    // First of all: wherever official plugins are installed, the simulated account must be the one that is used.
    PATH: [path.join(__dirname, "bin"), STAND_IN_FOLDER, process.env["PATH"]].join(path.delimiter),
    CLUSTER_FLEET_AWS_STATE: paths.aws,
    CLUSTER_FLEET_AWS_EKS_KUBECONFIG: paths.kubeconfig,
    CLUSTER_FLEET_AWS_TOKENS: credentialFiles(paths).tokens,
    CLUSTER_FLEET_CHARTS: [realCharts, standInCharts(paths)].filter(Boolean).join(path.delimiter),
    AWS_REGION: "us-west-2",
    ...(profile === undefined ? {} : { AWS_PROFILE: profile }),
  };
}
