import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { AwsProvider } from "../../sandbox/plugins/aws/provider";
import { type Log } from "../../sandbox/plugins/grpc/engine-log";
import { type JsonObject } from "../../sandbox/plugins/grpc/json";

const ABOUT_PROVIDER = { urn: "urn:pulumi:s::p::pulumi:providers:aws::aws", name: "aws", type: "pulumi:providers:aws" };

/** What a request says of a resource of some type. */
export function about(type: string, name = "name") {
  return { urn: `urn:pulumi:s::p::${type}::${name}`, name, type };
}

/** A simulated account in a folder of its own, and providers that use it. */
export class TestAccount {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "aws-"));
  readonly file = path.join(this.folder, "aws.json");
  readonly logged: string[] = [];

  /** A configured provider, as a new process would have one. */
  async provider(args: JsonObject = {}, env: NodeJS.ProcessEnv = {}): Promise<AwsProvider> {
    const log: Log = (severity, message) => this.logged.push(`${severity} ${message}`);
    const provider = new AwsProvider(log, { CLUSTER_FLEET_AWS_STATE: this.file, ...env });
    await provider.configure({ ...ABOUT_PROVIDER, args: { region: "us-west-2", ...args } });
    return provider;
  }

  /** What "AWS" has, as a second process would find it: `<type> <id>` of each thing. */
  contents(): string[] {
    if (!fs.existsSync(this.file)) return [];
    const { held } = JSON.parse(fs.readFileSync(this.file, "utf8")) as { held: { type: string; id: string }[] };
    return held.map(({ type, id }) => `${type} ${id}`);
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true });
  }
}

/** Creates one thing and says what became of it. */
export async function create(provider: AwsProvider, type: string, properties: JsonObject, preview = false) {
  const made = await provider.create({ ...about(type), properties, preview });
  return { id: made.id ?? "", properties: made.properties };
}
