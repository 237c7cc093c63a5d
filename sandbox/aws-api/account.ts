import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import * as path from "node:path";

import { type AwsAccess } from "../management/processes";
import { type JsonObject } from "../plugins/grpc/json";
import { SandboxProblem } from "../problem";
import { withoutAws } from "../process/environment";
import { PYTHON_FLAGS } from "./server";

/** One thing that an account has. */
export interface Thing {
  readonly region: string;
  /** `VPC`, `subnet`, `instance`…, as `account.py` lists them. */
  readonly kind: string;
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
  /** As the API describes it. */
  readonly facts: JsonObject;
}

/** An account of a simulated AWS API, asked by way of that API. */
export class SimulatedAccount {
  /**
   * @param python That of the environment, see `environment.ts`.
   * @param endpoint Of the API.
   * @param id Twelve digits.
   */
  constructor(
    private readonly python: string,
    private readonly endpoint: string,
    private readonly id: string,
  ) {}

  /**
   * Gives it the roles, rights and instance profiles that a stack made with the stand-in for the AWS provider.
   * @param file What that one keeps.
   */
  async fill(file: string): Promise<void> {
    await this.ask(["fill"], readFileSync(file, "utf8"));
  }

  /** Takes a role, so that everything is done with its rights alone. */
  async session(roleArn: string): Promise<AwsAccess> {
    const answer = JSON.parse(await this.ask(["session", roleArn])) as Record<string, string>;
    const {
      AccessKeyId: accessKeyId = "",
      SecretAccessKey: secretAccessKey = "",
      SessionToken: sessionToken = "",
    } = answer;
    return { endpoint: this.endpoint, accessKeyId, secretAccessKey, sessionToken };
  }

  /** All that regions have, without what every account and every network has from the beginning. */
  async things(regions: readonly string[]): Promise<Thing[]> {
    return JSON.parse(await this.ask(["list", ...regions])) as Thing[];
  }

  private ask(command: readonly string[], input = ""): Promise<string> {
    const options = ["--endpoint", this.endpoint, "--account", this.id];
    const args = [...PYTHON_FLAGS, path.join(__dirname, "account.py"), ...options, ...command];
    return new Promise((resolve, reject) => {
      // No proxy leads to a loopback address.
      const env = { ...process.env, ...withoutAws(), NO_PROXY: "*" };
      const child = spawn(this.python, args, { stdio: "pipe", env });
      let [output, errors] = ["", ""];
      child.stdout.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
      child.stderr.setEncoding("utf8").on("data", (chunk: string) => (errors += chunk));
      child.on("error", reject).on("close", (code) => {
        if (code === 0) return resolve(output);
        reject(new SandboxProblem(`The simulated AWS API does not do ${command.join(" ")}:\n${errors.trimEnd()}`));
      });
      // One that has ended before it read all says why by its exit code.
      child.stdin.on("error", () => undefined).end(input);
    });
  }
}
