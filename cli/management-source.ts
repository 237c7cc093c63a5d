import { type FleetConfig } from "../fleet/config/config";
import { managementOutput } from "../fleet/management/output";
import { type KubeconfigSource } from "../live/management-client";
import { CliError } from "./errors";
import { absolute, type StackContext } from "./stack-context";

/**
 * How to reach the management cluster that a stack's configuration names; one that a stack builds is reached by that
 * stack's outputs.
 * @throws CliError where it is not built yet.
 */
export async function managementSource(stack: StackContext, { management }: FleetConfig): Promise<KubeconfigSource> {
  switch (management.kind) {
    case "kubeconfig":
      return { ...management, ...absolute(management.path) };
    case "eks":
      return (await stack.outputs()).management;
    case "stack":
      return sourceIn(await outputOf(stack, management.stack), management.stack);
  }
}

async function outputOf(stack: StackContext, other: string): Promise<unknown> {
  const outputs = JSON.parse(await stack.pulumi(["stack", "output", "--json", "--stack", other])) as object;
  return "management" in outputs ? outputs.management : undefined;
}

function sourceIn(output: unknown, stack: string): KubeconfigSource {
  const { data } = managementOutput.safeParse(output);
  if (data?.kubeconfig === undefined) {
    throw new CliError(
      `Stack ${stack} has not built its management cluster yet. Run pulumi up --stack ${stack} first.`,
    );
  }
  return { contents: data.kubeconfig };
}
