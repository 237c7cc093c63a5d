/** A program on PATH and what it is given. */
export interface Command {
  readonly program: "aws" | "pulumi";
  readonly args: readonly string[];
}

/** What somebody has said to make an acceptance run possible. */
export interface Wish {
  /** Twelve digits. */
  readonly account: string;
  /** Stack with `management.kind: eks`. */
  readonly stack: string;
  /** `management.name` of that stack. */
  readonly management: string;
  /** Longest run, after which only the taking down goes on: the cap of the cost. */
  readonly minutes: number;
}

export interface AcceptanceStep {
  readonly what: string;
  readonly command: Command;
  /** Done even after a failure. */
  readonly always: boolean;
  /** What is wrong with the outcome; nothing where it is right. */
  readonly check: (outcome: { code: number; stdout: string }) => string | undefined;
}

/** The run costs money: it is refused until everything is said that it needs. */
export class OptInMissing extends Error {}

const DEFAULT_MINUTES = 120;

/** @throws OptInMissing that names every variable which is missing. */
export function optIn(env: NodeJS.ProcessEnv): Wish {
  const wanted = {
    CLUSTER_FLEET_ACCEPTANCE_ACCOUNT: /^\d{12}$/,
    CLUSTER_FLEET_ACCEPTANCE_STACK: /^\S+$/,
    CLUSTER_FLEET_ACCEPTANCE_MANAGEMENT: /^[a-z0-9-]+$/,
  };
  const missing = Object.entries(wanted).filter(([name, shape]) => !shape.test(env[name] ?? ""));
  const minutes = Number(env["CLUSTER_FLEET_ACCEPTANCE_MINUTES"] ?? DEFAULT_MINUTES);
  if (missing.length > 0 || !(minutes > 0)) {
    throw new OptInMissing(
      "An acceptance run builds a management cluster in a real AWS account, which costs a few dollars, and removes it. " +
        `Set ${missing.map(([name]) => name).join(", ") || "CLUSTER_FLEET_ACCEPTANCE_MINUTES to a number"} first ` +
        "(docs/acceptance.md).",
    );
  }
  return {
    account: env["CLUSTER_FLEET_ACCEPTANCE_ACCOUNT"] ?? "",
    stack: env["CLUSTER_FLEET_ACCEPTANCE_STACK"] ?? "",
    management: env["CLUSTER_FLEET_ACCEPTANCE_MANAGEMENT"] ?? "",
    minutes,
  };
}

/** In order: build, see that nothing is left to do, take down, look for what was left behind. */
export function acceptanceSteps({ stack, management }: Wish): AcceptanceStep[] {
  const pulumi = (...args: string[]): Command => ({
    program: "pulumi",
    args: [...args, "--stack", stack, "--non-interactive"],
  });
  // The cluster goes at the end of the run, so it is not protected: the policies have to admit that.
  const policies = ["--policy-pack", "policy", "--policy-pack-config", "acceptance/policies.json"];
  const filter = `Key=cluster-fleet.io/management,Values=${management}`;
  return [
    { what: "preview", command: pulumi("preview", ...policies), always: false, check: succeeds },
    { what: "up", command: pulumi("up", "--yes", ...policies), always: false, check: succeeds },
    {
      what: "a second preview is empty",
      command: pulumi("preview", "--expect-no-changes", ...policies),
      always: false,
      check: succeeds,
    },
    {
      what: "a refresh finds no drift",
      command: pulumi("refresh", "--preview-only", "--expect-no-changes"),
      always: false,
      check: succeeds,
    },
    { what: "destroy", command: pulumi("destroy", "--yes"), always: true, check: succeeds },
    {
      what: "nothing that carries our tag is left",
      command: {
        program: "aws",
        args: ["resourcegroupstaggingapi", "get-resources", "--tag-filters", filter, "--output", "json"],
      },
      always: true,
      check: nothingIsLeft,
    },
  ];
}

function succeeds({ code }: { code: number }): string | undefined {
  return code === 0 ? undefined : `exit code ${code}`;
}

/** A key that waits for its deletion keeps its tags for 30 days: AWS lists it, and it costs nothing. */
function nothingIsLeft({ code, stdout }: { code: number; stdout: string }): string | undefined {
  if (code !== 0) return `exit code ${code}`;
  const { ResourceTagMappingList: found } = JSON.parse(stdout) as { ResourceTagMappingList: { ResourceARN: string }[] };
  const left = found.map(({ ResourceARN }) => ResourceARN).filter((arn) => !/^arn:[\w-]+:kms:/.test(arn));
  return left.length === 0 ? undefined : `left behind: ${left.join(", ")}`;
}
