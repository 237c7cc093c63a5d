import { counted } from "../../fleet/words";
import { CliError } from "../errors";
import { type Check, failed, type Finding, ok, unchecked, warning } from "./check";

/** What is asked about a stack; each is asked for at most once. */
export interface StackProbes {
  readonly stack: string;
  /** Where the sandbox says how it is used, if the stack is one of the sandbox's. */
  readonly sandboxFile?: string | undefined;
  /** @throws CliError if the backend cannot be reached or nobody is logged in. */
  whoAmI(): Promise<{ readonly user: string; readonly url: string }>;
  /** The stack's state. @throws CliError where there is no such stack. */
  state(): Promise<StackState>;
  /** Locks on the stack; undefined where the backend does not show them. */
  locks(): Promise<readonly Lock[] | undefined>;
  /** The words for the secrets provider, e.g. `passphrase`. */
  secretsProvider(): string;
  /** Encrypts a value with the stack's secrets provider, into a copy of its file. @throws CliError if it cannot. */
  tryEncrypt(): Promise<void>;
  /** What is wrong with the configuration, a line each; empty if nothing. */
  configurationProblems(): Promise<{ readonly clusters: number; readonly problems: readonly string[] }>;
  /** `Pulumi.production.yaml`, and whether it is there. */
  readonly file: { readonly name: string; readonly exists: boolean };
}

export interface StackState {
  readonly resources: number;
  readonly pendingOperations: number;
}

export interface Lock {
  readonly pid: number;
  readonly host: string;
  readonly user: string;
  /** ISO 8601. */
  readonly since: string;
  /** Whether that process runs; undefined on another host. */
  readonly alive?: boolean | undefined;
}

export function stackChecks(probes: StackProbes): Check[] {
  const { stack } = probes;
  return [
    { name: "backend", needs: ["pulumi"], run: () => checkBackend(probes) },
    { name: "stack", needs: ["backend"], run: () => checkStack(probes) },
    { name: "lock", needs: ["stack"], run: async () => judgeLocks(stack, await probes.locks()) },
    { name: "secrets", needs: ["stack"], run: () => checkSecrets(probes) },
    { name: "configuration", needs: ["stack"], run: () => checkConfiguration(probes) },
  ];
}

async function checkBackend({ whoAmI, sandboxFile }: StackProbes): Promise<Finding> {
  try {
    const { user, url } = await whoAmI();
    return ok(`${url}, as ${user}${sandboxFile === undefined ? "" : `; the sandbox's, from ${sandboxFile}`}`);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return failed(
      words(error),
      "Log in: pulumi login; in CI set PULUMI_ACCESS_TOKEN, or PULUMI_BACKEND_URL and the credentials of its bucket.",
    );
  }
}

async function checkStack({ stack, state }: StackProbes): Promise<Finding> {
  try {
    return judgeState(stack, await state());
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return failed(words(error), `Create it: pulumi stack init ${stack}; or log in to the backend that has it.`);
  }
}

export function judgeState(stack: string, { resources, pendingOperations }: StackState): Finding {
  if (pendingOperations > 0) {
    return warning(
      `a run was killed in the middle of ${counted(pendingOperations, "operation")}`,
      `Run: pulumi refresh --clear-pending-creates --stack ${stack}`,
    );
  }
  return resources === 0
    ? warning("is there, but was never brought up", `Run: pulumi up --policy-pack policy --stack ${stack}`)
    : ok(counted(resources, "resource"));
}

export function judgeLocks(stack: string, locks: readonly Lock[] | undefined): Finding {
  if (locks === undefined) return unchecked("this kind of backend does not show its locks");
  const [lock] = locks;
  if (lock === undefined) return ok("free");
  const who = `locked by process ${lock.pid} on ${lock.host} (${lock.user}) since ${lock.since}`;
  if (lock.alive === false) {
    return failed(`${who}, which has ended`, `Take the lock away: pulumi cancel --stack ${stack}`);
  }
  return warning(
    who,
    lock.alive === true
      ? "Wait until that run ends."
      : `Wait until that run ends. If there is no such run any more: pulumi cancel --stack ${stack}`,
  );
}

async function checkSecrets({ secretsProvider, tryEncrypt, file }: StackProbes): Promise<Finding> {
  const provider = secretsProvider();
  try {
    await tryEncrypt();
    return ok(`${provider}; can be used`);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return judgeSecrets(provider, words(error), file.name);
  }
}

export function judgeSecrets(provider: string, said: string, file: string): Finding {
  const remedy =
    provider === "passphrase"
      ? "Set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE to the stack's passphrase."
      : `Get access to the key that ${file} names as secretsprovider, or log in to its cloud.`;
  return failed(`${provider}: ${said}`, remedy);
}

async function checkConfiguration({ configurationProblems, file, stack }: StackProbes): Promise<Finding> {
  if (!file.exists) {
    return failed(`${file.name} is not there`, `Write it (docs/configuration.md), or name it with --config-file.`);
  }
  const { clusters, problems } = await configurationProblems();
  if (problems.length === 0) return ok(`${file.name}: ${counted(clusters, "cluster")}`);
  const [first = "", ...rest] = problems;
  const more = rest.length === 0 ? "" : `; and ${rest.length} more`;
  return failed(
    `${file.name} has ${counted(problems.length, "problem")}: ${first.replace(/\.$/, "")}${more}`,
    `All of them, with their places: npm run fleet -- plan --stack ${stack}. Values and their origins: fleet explain.`,
  );
}

/** The engine's own words, in one line. */
function words(error: CliError): string {
  const said = (error as { said?: unknown }).said;
  return (typeof said === "string" ? said : error.message).replace(/\s*\n\s*/g, " ").replace(/\.$/, "");
}
