import assert from "node:assert/strict";
import { lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { network } from "../../../../cli/commands/network";
import { replaceFile } from "../../../../cli/network/replace-file";
import { numbers } from "../../../../cli/network/report";
import { stackContext } from "../../../../cli/stack-context";
import { engineValues } from "../../fleet/config/engine-values";
import { temporaryFolder } from "../../sandbox/temporary-folder";
import { memoryOutput } from "../memory-output";

const STACK = `config:
  cluster-fleet:environment: production
  cluster-fleet:management: { kind: kubeconfig, name: shared }
  cluster-fleet:network:
    pools: { us-west-2: { range: 10.32.0.0/13 } }
    reserved: { office: [10.34.0.0/16] }
  cluster-fleet:clusters:
    # The first one.
    prod-a: { class: aws-eks, region: us-west-2, version: v1.35.2, network: { slot: 1 }, workers: {} }
    prod-b:
      class: aws-eks
      region: us-west-2
      version: v1.35.2
      workers: {}
    sandbox: { class: in-memory-kubeadm, region: here, version: v1.35.2, controlPlane: { replicas: 1 } }
`;

describe("npm run fleet -- network", () => {
  const folder = temporaryFolder();
  const file = () => path.join(folder(), "Pulumi.production.yaml");

  async function run(text: string, values: Readonly<Record<string, true>>, json = false) {
    writeFileSync(file(), text);
    const output = memoryOutput({ json, columns: 140 });
    const config = Object.entries(engineValues(text).raw).map(([key, value]) => [
      `cluster-fleet:${key}`,
      { value: typeof value === "string" ? value : JSON.stringify(value) },
    ]);
    const context = stackContext({
      name: "production",
      configFile: file(),
      env: {},
      run: () => Promise.resolve(JSON.stringify(Object.fromEntries(config))),
    });
    const code = await network.run({
      positionals: [],
      values: values as never,
      out: output.out,
      stacks: () => Promise.resolve([context]),
    });
    return { code, out: output.stdout(), notes: output.stderr(), text: readFileSync(file(), "utf8") };
  }

  it("shows each cluster's addresses, what is free, and which slot a cluster without one would get", async () => {
    const { code, out, notes, text } = await run(STACK, {});
    assert.equal(code, 0);
    assert.equal(
      out,
      [
        "production",
        "CLUSTER  REGION     SLOT  VPC           PODS  SERVICES        NODES",
        "prod-a   us-west-2  1     10.33.0.0/17  -     10.33.192.0/18  3 x 8187",
        "prod-b   us-west-2  (0)   -             -     -               -",
        "",
        "POOL       RANGE         SLOTS     FREE",
        "us-west-2  10.32.0.0/13  8 of /16  6: 0, 3-7",
        "Not for clusters: 10.34.0.0/16 (the reserved range office)",
        "",
      ].join("\n"),
    );
    assert.match(notes, /1 problem\(s\).*\n {2}clusters\.prod-b\.network\.slot: is missing/);
    assert.equal(text, STACK);
  });

  it("lists subnets where asked to", async () => {
    const { out } = await run(STACK, { subnets: true });
    assert.match(
      out,
      /\nprod-a +us-west-2c +nodes +10\.33\.64\.0\/19 +8187\nprod-a +us-west-2c +public +10\.33\.100\.0\/23 +507\n/,
    );
  });

  it("writes the slots that are missing into the file, and nothing else", async () => {
    const { code, out, notes, text } = await run(STACK, { assign: true });
    assert.equal(code, 0);
    assert.equal(
      text,
      STACK.replace("      region: us-west-2\n", "      region: us-west-2\n      network: { slot: 0 }\n"),
    );
    assert.match(out, /\nprod-b +us-west-2 +0 +10\.32\.0\.0\/17 /);
    assert.ok(out.endsWith("Wrote slot 0 of prod-b into Pulumi.production.yaml.\n"));
    assert.equal(notes, "");
  });

  it("says so where nothing was to write", async () => {
    const whole = STACK.replace("      region: us-west-2\n", "      region: us-west-2\n      network: { slot: 7 }\n");
    const { out, text } = await run(whole, { assign: true });
    assert.equal(text, whole);
    assert.ok(out.endsWith("Every cluster has its slot; nothing was written.\n"));
  });

  it("writes nothing where a cluster cannot have a slot", async () => {
    const full = STACK.replace("10.32.0.0/13", "10.33.0.0/16").replace("slot: 1", "slot: 0");
    await assert.rejects(run(full, { assign: true }), {
      name: "CliError",
      message:
        "No slot was written:\n  clusters.prod-b.network.slot: is missing, and none is free in the pool of us-west-2 " +
        "(10.33.0.0/16 has one slot, 0, of /16). For more clusters than fit, write their vpc, pods and services " +
        "explicitly: this pool cannot grow where it stands.",
    });
    assert.equal(readFileSync(file(), "utf8"), full);
  });

  it("prints everything as JSON", async () => {
    const { out } = await run(STACK, { assign: true }, true);
    const { clusters, pools, notForClusters, assigned, problems } = JSON.parse(out) as Record<string, unknown[]>;
    assert.deepEqual(assigned, [{ cluster: "prod-b", slot: 0, file: "Pulumi.production.yaml" }]);
    assert.deepEqual(pools, [
      { region: "us-west-2", range: "10.32.0.0/13", clusterSize: 16, slots: 8, free: [3, 4, 5, 6, 7] },
    ]);
    assert.deepEqual(notForClusters, [{ name: "the reserved range office", range: "10.34.0.0/16" }]);
    assert.deepEqual(problems, []);
    const [first] = clusters as { subnets: unknown[] }[];
    assert.deepEqual(
      { ...first, subnets: first?.subnets.length },
      {
        cluster: "prod-a",
        region: "us-west-2",
        slot: 1,
        vpc: "10.33.0.0/17",
        services: "10.33.192.0/18",
        subnets: 6,
      },
    );
  });
});

describe("replacing a file", () => {
  const folder = temporaryFolder();
  const file = () => path.join(folder(), "stack.yaml");

  it("keeps its rights and leaves a link a link", () => {
    writeFileSync(file(), "old", { mode: 0o640 });
    const link = path.join(folder(), "link.yaml");
    symlinkSync(file(), link);
    replaceFile(link, "old", "new");
    assert.deepEqual([readFileSync(file(), "utf8"), statSync(file()).mode & 0o777], ["new", 0o640]);
    assert.ok(lstatSync(link).isSymbolicLink());
    assert.deepEqual(readdirSync(folder()).sort(), ["link.yaml", "stack.yaml"]);
  });

  it("does not undo what somebody else has written meanwhile, and leaves nothing behind", () => {
    writeFileSync(file(), "theirs");
    assert.throws(() => replaceFile(file(), "old", "new"), {
      name: "CliError",
      message: `${file()}: somebody else has changed it just now. Nothing was written. Run it again.`,
    });
    assert.deepEqual([readFileSync(file(), "utf8"), readdirSync(folder())], ["theirs", ["stack.yaml"]]);
  });

  it("says why it cannot", () => {
    assert.throws(() => replaceFile(file(), "old", "new"), { message: /cannot be written \(ENOENT.*\)\. Check that/ });
  });
});

describe("numbers in words", () => {
  for (const [all, words] of [
    [[], ""],
    [[4], "4"],
    [[0, 1, 2, 5, 7, 8], "0-2, 5, 7-8"],
  ] as const) {
    it(`are ${JSON.stringify(words)}`, () => assert.equal(numbers(all), words));
  }
});
