import { type ManagementConfig } from "../fleet/config/config";
import { managementOutput, offeredSide } from "../fleet/management/output";
import { type AwsSide, NO_AWS } from "../fleet/topology/aws-side";
import { type KubeconfigSource } from "../live/management-client";
import { CliError } from "./errors";
import { absolute, type StackContext } from "./stack-context";

/** What a stack file says of its management cluster, as far as it is needed to reach it. */
export interface NamedManagement {
  readonly kind: string;
  readonly path?: string | undefined;
  readonly context?: string | undefined;
  readonly stack?: string | undefined;
}

/**
 * How to reach the management cluster that a stack's configuration names; one that a stack builds is reached by that
 * stack's outputs.
 * @throws CliError where it is not built yet.
 */
export async function managementSource(stack: StackContext, management: NamedManagement): Promise<KubeconfigSource> {
  const { kind, path, context, stack: owner } = management;
  if (kind === "eks") return (await stack.outputs()).management;
  if (kind === "stack" && owner !== undefined) return builtBy(owner, await outputOf(stack, owner));
  return { ...absolute(path), ...(context === undefined ? {} : { context }) };
}

/** What clusters on AWS have to know of the management cluster; what is not built yet says nothing. */
export async function managementSide(stack: StackContext, management: ManagementConfig): Promise<AwsSide> {
  if (management.kind === "kubeconfig") return { accounts: {}, ...management.aws, managementName: management.name };
  const output =
    management.kind === "eks" ? (await stack.outputs()).management : await outputOf(stack, management.stack);
  const { data } = managementOutput.safeParse(output);
  return data === undefined ? NO_AWS : offeredSide(data);
}

async function outputOf(stack: StackContext, owner: string): Promise<unknown> {
  const outputs = JSON.parse(await stack.pulumi(["stack", "output", "--json", "--stack", owner])) as object;
  return "management" in outputs ? outputs.management : undefined;
}

function builtBy(owner: string, output: unknown): KubeconfigSource {
  const { data } = managementOutput.safeParse(output);
  if (data?.kubeconfig === undefined) {
    throw new CliError(
      `Stack ${owner} has not built its management cluster yet. Run pulumi up --stack ${owner} first.`,
    );
  }
  return { contents: data.kubeconfig };
}
