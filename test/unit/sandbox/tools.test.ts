import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { catalogueChart, type ChartName } from "../../../fleet/charts/catalogue";
import { CAPA } from "../../../fleet/versions";
import { cached, cacheKey } from "../../../sandbox/tools/cache";
import { FAMILIES, linkerFlags, moduleFolder, requiredVersion, type ToolFamily } from "../../../sandbox/tools/families";
import { findTools } from "../../../sandbox/tools/found";
import { LOOPBACK_PATCHES, patched } from "../../../sandbox/tools/loopback";
import { temporaryFolder } from "./temporary-folder";

const family = (name: ToolFamily["name"]): ToolFamily => FAMILIES.find((candidate) => candidate.name === name)!;

describe("the key of a cache folder", () => {
  const kubernetes = family("kubernetes");

  it("is the same for the same modules, flags and platform", () => {
    assert.match(cacheKey(kubernetes, kubernetes.binaries), /^[0-9a-f]{12}$/);
    assert.equal(cacheKey(kubernetes, kubernetes.binaries), cacheKey(kubernetes, kubernetes.binaries));
  });

  const [etcd, apiServer] = [kubernetes.binaries[0]!, kubernetes.binaries[1]!];
  const changes: [string, ToolFamily, ToolFamily["binaries"]][] = [
    ["which programs are built", kubernetes, [etcd]],
    ["a program's package", kubernetes, [{ ...etcd, package: "example.com/etcd" }, apiServer]],
    ["a program's link flags", kubernetes, [etcd, { ...apiServer, versionVariable: "main.version" }]],
    ["the modules", { ...kubernetes, name: "pulumi", binaries: [] }, []],
  ];
  for (const [what, changed, binaries] of changes) {
    it(`changes with ${what}`, () => {
      assert.notEqual(cacheKey(changed, binaries), cacheKey(kubernetes, [etcd, apiServer]));
      assert.notEqual(cacheKey(changed, binaries), cacheKey(kubernetes, []));
    });
  }
});

describe("the families of tools", () => {
  it("take every version from go.mod", () => {
    for (const each of FAMILIES) {
      for (const binary of each.binaries) assert.match(requiredVersion(each, binary.module), /^v\d+\.\d+\.\d+$/);
    }
    assert.throws(() => requiredVersion(family("pulumi"), "example.com/missing"), {
      message: /\/pulumi\/go\.mod does not require example\.com\/missing$/,
    });
  });

  it("ship charts and definitions of modules that go.mod requires, each verified by go.sum", () => {
    const charts = family("charts");
    const sums = readFileSync(path.join(moduleFolder(charts), "go.sum"), "utf8");
    const modules = [...charts.shipped!.charts, ...Object.values(charts.shipped!.crds)].map(({ module }) => module);
    for (const module of modules)
      assert.match(sums, new RegExp(`^${module} ${requiredVersion(charts, module)} h1:`, "m"));
  });

  it("ship the charts of the catalogue in its versions, so that a rehearsal installs them", () => {
    const charts = family("charts");
    for (const { name, module, leadingV } of charts.shipped!.charts) {
      const version = requiredVersion(charts, module).replace(/^v/, "");
      assert.equal(catalogueChart(name as ChartName).version, leadingV ? `v${version}` : version);
    }
  });

  it("have the AWS provider that the version data names", () => {
    const provider = family("cluster-api-aws");
    assert.equal(requiredVersion(provider, provider.binaries[0]!.module), `v${CAPA}`);
  });

  it("stamp the version into programs that have a place for it", () => {
    const pulumi = family("pulumi");
    const version = requiredVersion(pulumi, "github.com/pulumi/pulumi/pkg/v3");
    assert.equal(
      linkerFlags(pulumi, pulumi.binaries[0]!),
      `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${version}`,
    );
    assert.equal(linkerFlags(family("kubernetes"), family("kubernetes").binaries[0]!), "-s -w");
  });
});

describe("a cache folder", () => {
  const folder = temporaryFolder();
  const place = () => path.join(folder(), "kubernetes-0123");
  const nobody = () => assert.fail("nobody else builds");
  const write = (text: string) => async (into: string) => writeFileSync(path.join(into, "etcd"), text);

  it("is built once", async () => {
    await cached(place(), ["etcd"], write("first"), nobody);
    await cached(place(), ["etcd"], () => assert.fail("built twice"), nobody);
    assert.equal(readFileSync(path.join(place(), "etcd"), "utf8"), "first");
    assert.deepEqual(readdirSync(folder()), ["kubernetes-0123"]);
  });

  it("does not appear when its build fails, and nothing is left of it", async () => {
    const half = async (into: string) => {
      await write("half")(into);
      throw new Error("the compiler died");
    };
    await assert.rejects(cached(place(), ["etcd", "kube-apiserver"], half, nobody), { message: "the compiler died" });
    assert.deepEqual(readdirSync(folder()), []);
  });

  it("does not appear when its build forgets a program", async () => {
    await assert.rejects(cached(place(), ["etcd", "kube-apiserver"], write("x"), nobody), {
      message: /did not make etcd, kube-apiserver$/,
    });
    assert.equal(existsSync(place()), false);
  });

  it("is built anew when a program has been taken out of it", async () => {
    mkdirSync(place());
    writeFileSync(path.join(place(), "kube-apiserver"), "alone");
    await cached(place(), ["etcd"], write("again"), nobody);
    assert.deepEqual(readdirSync(place()), ["etcd"]);
  });

  it("is cleared of what a killed build left beside it", async () => {
    mkdirSync(`${place()}.building-killed`);
    await cached(place(), ["etcd"], write("x"), nobody);
    assert.deepEqual(readdirSync(folder()), ["kubernetes-0123"]);
  });

  it("is built by one of two that want it at once, while the other waits", async () => {
    let builds = 0;
    const waited: number[] = [];
    const slow = async (into: string) => {
      builds++;
      await new Promise((resolve) => setTimeout(resolve, 50));
      await write("once")(into);
    };
    const both = [1, 2].map(() => cached(place(), ["etcd"], slow, (pid) => waited.push(pid)));
    await Promise.all(both);
    assert.equal(builds, 1);
    assert.equal(waited[0], process.pid);
  });
});

describe("the patches that keep Cluster API on loopback", () => {
  const [webhook, mux] = [LOOPBACK_PATCHES[0]!, LOOPBACK_PATCHES[1]!];

  it("give the webhook server an address where it has none", () => {
    assert.equal(
      patched(webhook, "func setDefaults() {\n\tif o.Port <= 0 {\n\t}\n}"),
      'func setDefaults() {\n\tif o.Host == "" {\n\t\to.Host = os.Getenv("SANDBOX_BIND_ADDRESS")\n\t}\n' +
        '\tif o.Host == "" {\n\t\to.Host = "127.0.0.1"\n\t}\n\tif o.Port <= 0 {\n\t}\n}',
    );
  });

  it("replace every listener of the in-memory provider", () => {
    const listen = (host: string, port: string) => `net.Listen("tcp", fmt.Sprintf("${host}:%d", ${port}))`;
    assert.equal(
      patched(mux, [listen("", "options.DebugPort"), ...[1, 2].map(() => listen("", "wcl.Port()"))].join("\n")),
      [listen("%s", "host, options.DebugPort"), ...[1, 2].map(() => listen("%s", "m.host, wcl.Port()"))].join("\n"),
    );
  });

  it("fail where the text to replace is gone", () => {
    assert.throws(() => patched(webhook, "package webhook"), {
      message:
        'sigs.k8s.io/controller-runtime/pkg/webhook/server.go holds "\\tif o.Port <= 0 {\\n" 0 times, not 1: its ' +
        "version has changed. Correct the patch in sandbox/tools/loopback.ts.",
    });
  });

  it("fail where the text to replace has come a second time", () => {
    assert.throws(() => patched(webhook, "\tif o.Port <= 0 {\n".repeat(2)), { message: / 2 times, not 1: / });
  });
});

describe("tools that the user brings along", () => {
  const folder = temporaryFolder();
  const program = (name: string, says: string) => {
    const file = path.join(folder(), name);
    writeFileSync(file, `#!/bin/sh\necho '${says}'\n`, { mode: 0o755 });
    return file;
  };

  it("are none unless the environment names them", () => {
    assert.deepEqual(findTools({}), { tools: new Map(), notices: [] });
  });

  it("are used from KUBEBUILDER_ASSETS, with their versions said", () => {
    const etcd = program("etcd", "etcd Version: 3.6.5");
    const apiServer = program("kube-apiserver", "Kubernetes v1.34.1");
    assert.deepEqual(findTools({ KUBEBUILDER_ASSETS: folder() }), {
      tools: new Map([
        ["etcd", { file: etcd, version: "v3.6.5" }],
        ["kube-apiserver", { file: apiServer, version: "v1.34.1" }],
      ]),
      notices: ["Using kube-apiserver v1.34.1 and etcd v3.6.5 from KUBEBUILDER_ASSETS."],
    });
  });

  it("are passed over where they are too old or do not run", () => {
    program("etcd", "etcd Version: 3.5.0");
    program("kube-apiserver", "Kubernetes v1.28.3");
    const why = (text: string) => [`KUBEBUILDER_ASSETS is passed over: kube-apiserver and etcd in ${text}.`];
    const old = findTools({ KUBEBUILDER_ASSETS: folder() });
    assert.deepEqual(old, { tools: new Map(), notices: why(`${folder()} are too old (v1.28.3)`) });
    assert.deepEqual(findTools({ KUBEBUILDER_ASSETS: "/nowhere" }).notices, why("/nowhere do not run"));
  });

  it("are used from SANDBOX_PULUMI if they fit", () => {
    const pulumi = program("pulumi", "v3.240.1");
    assert.deepEqual(findTools({ SANDBOX_PULUMI: pulumi }).tools.get("pulumi"), { file: pulumi, version: "v3.240.1" });
  });

  it("are refused from SANDBOX_PULUMI if they do not", () => {
    const pulumi = program("pulumi", "v3.100.0");
    assert.throws(() => findTools({ SANDBOX_PULUMI: pulumi }), {
      message:
        `SANDBOX_PULUMI names ${pulumi}, which is version 3.100.0. ` +
        "Name a pulumi >=3.230.0 <4, or unset it: then one is built.",
    });
  });
});
