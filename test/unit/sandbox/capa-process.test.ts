import * as assert from "node:assert/strict";

import { sandboxPaths } from "../../../sandbox/layout";
import { type Place, processSpec } from "../../../sandbox/management/processes";
import { type Ports } from "../../../sandbox/management/ports";

describe("CAPA in a sandbox", () => {
  const place: Place = { paths: sandboxPaths("/tmp/sandbox"), address: "127.65.1.1", ports: {} as Ports };
  const access = {
    endpoint: "http://127.65.1.1:5000",
    accessKeyId: "ASIAEXAMPLE",
    secretAccessKey: "secret",
    sessionToken: "token",
  };
  const given = { AWS_PROFILE: "own", AWS_ACCESS_KEY_ID: "own", AWS_ENDPOINT_URL_EC2: "https://ec2.example.com" };

  beforeEach(() => Object.assign(process.env, given));
  afterEach(() => {
    for (const name of Object.keys(given)) Reflect.deleteProperty(process.env, name);
  });

  it("reconciles nothing where there is no simulated AWS API, and has no credentials", () => {
    const { args, env } = processSpec("capa", place, "capa");
    assert.ok(args.includes("--watch-filter=sandbox-reconciles-nothing"));
    for (const name of Object.keys(given)) assert.equal(reaching(env)[name], undefined, name);
    assert.equal(env["AWS_SHARED_CREDENTIALS_FILE"], "/dev/null");
    assert.equal(env["AWS_EC2_METADATA_DISABLED"], "true");
  });

  it("reconciles everything against the simulated AWS API, and can reach no other", () => {
    const { args, env } = processSpec("capa", { ...place, aws: access }, "capa");
    assert.ok(!args.some((arg) => arg.startsWith("--watch-filter")), args.join(" "));
    const { AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = reaching(env);
    assert.deepEqual(
      [AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN],
      Object.values(access),
    );
    assert.equal(reaching(env)["AWS_ENDPOINT_URL_EC2"], undefined);
    assert.equal(reaching(env)["AWS_PROFILE"], undefined);
  });

  /** The environment that the process gets. */
  function reaching(env: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
    return { ...process.env, ...env };
  }
});
