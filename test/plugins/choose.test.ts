import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { choosePlugins, STAND_IN_FOLDER } from "../../sandbox/plugins/choose";

const ALL = ["pulumi-language-nodejs", "pulumi-resource-kubernetes", "pulumi-resource-random"];

describe("the choice between official plugins and stand-ins", () => {
  let folder: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "plugins-"));
  });

  afterEach(() => fs.rmSync(folder, { recursive: true }));

  function install(place: string, plugins: string[]): string {
    fs.mkdirSync(path.join(folder, place), { recursive: true });
    for (const plugin of plugins) fs.writeFileSync(path.join(folder, place, plugin), "#!/bin/sh\n", { mode: 0o755 });
    return path.join(folder, place);
  }

  function choose(env: NodeJS.ProcessEnv) {
    const pulumi = path.join(folder, "pulumi-bin", "pulumi");
    return choosePlugins({ env, pulumi, home: folder });
  }

  /**
   * The engine's plugin cache with some stand-ins, and that for AWS, which is always there; the folders are named by the
   * versions of the npm packages.
   */
  function cacheOf(plugins: string[]): Record<string, string> {
    const folders: Record<string, string> = {
      "pulumi-resource-aws": "resource-aws-v7.48.0",
      "pulumi-language-nodejs": "language-nodejs-v3.246.0",
      "pulumi-resource-kubernetes": "resource-kubernetes-v4.32.0",
      "pulumi-resource-random": "resource-random-v4.21.2",
    };
    const all = [...plugins, "pulumi-resource-aws"];
    return Object.fromEntries(all.map((each) => [`${folders[each]}/${each}`, path.join(STAND_IN_FOLDER, each)]));
  }

  it("takes the stand-ins where nothing official is installed", () => {
    assert.deepEqual(choose({ PATH: path.join(folder, "nothing") }), {
      cache: cacheOf(ALL),
      pathPrefix: "",
      lines: [
        "Pulumi plugins: this repository's stand-ins (nodejs, kubernetes, random; see sandbox/plugins/README.md)",
      ],
    });
  });

  it("takes official plugins from PATH", () => {
    assert.deepEqual(choose({ PATH: install("path", ALL) }), {
      cache: cacheOf([]),
      pathPrefix: "",
      lines: ["Pulumi plugins: official (nodejs, kubernetes, random)"],
    });
  });

  it("finds official plugins beside pulumi, in PULUMI_HOME and in the home folder's cache", () => {
    install("pulumi-bin", ["pulumi-language-nodejs"]);
    install("pulumi-home/plugins/resource-kubernetes-v4.32.0", ["pulumi-resource-kubernetes"]);
    install(".pulumi/plugins/resource-random-v4.21.2", ["pulumi-resource-random"]);
    const choice = choose({ PATH: "", PULUMI_HOME: path.join(folder, "pulumi-home") });
    assert.deepEqual(choice, {
      cache: cacheOf([]),
      pathPrefix: "",
      lines: ["Pulumi plugins: official (nodejs, kubernetes, random)"],
    });
  });

  it("passes over a cached plugin of another version than the npm package asks for", () => {
    install(".pulumi/plugins/resource-kubernetes-v4.31.0", ["pulumi-resource-kubernetes"]);
    assert.deepEqual(choose({ PATH: "" }).cache, cacheOf(ALL));
  });

  it("takes only the missing plugins' stand-ins where some are official", () => {
    assert.deepEqual(choose({ PATH: install("path", ["pulumi-resource-random"]) }), {
      cache: cacheOf(["pulumi-language-nodejs", "pulumi-resource-kubernetes"]),
      pathPrefix: "",
      lines: [
        "Pulumi plugins: official (random), this repository's stand-ins (nodejs, kubernetes; see sandbox/plugins/README.md)",
      ],
    });
  });

  it("does not take its own stand-ins for official plugins, on PATH or linked into a cache", () => {
    const cached = path.join(folder, ".pulumi/plugins/resource-random-v4.21.2");
    fs.mkdirSync(cached, { recursive: true });
    fs.symlinkSync(path.join(STAND_IN_FOLDER, "pulumi-resource-random"), path.join(cached, "pulumi-resource-random"));
    assert.deepEqual(choose({ PATH: STAND_IN_FOLDER }).cache, cacheOf(ALL));
  });

  it("takes the stand-ins in spite of official plugins with SANDBOX_PLUGINS=stand-in", () => {
    const choice = choose({ PATH: install("path", ALL), SANDBOX_PLUGINS: "stand-in" });
    assert.deepEqual(choice.cache, cacheOf(ALL));
    assert.equal(choice.pathPrefix, STAND_IN_FOLDER);
  });

  it("takes the stand-in for AWS even where the official plugin is installed: the sandbox reaches no account", () => {
    const choice = choose({ PATH: install("path", [...ALL, "pulumi-resource-aws"]) });
    assert.deepEqual(choice.cache, cacheOf([]));
  });

  it("names what is missing with SANDBOX_PLUGINS=official", () => {
    const env = { PATH: install("path", ["pulumi-resource-random"]), SANDBOX_PLUGINS: "official" };
    assert.throws(() => choose(env), {
      name: "SandboxProblem",
      message:
        "SANDBOX_PLUGINS=official, but these official plugins are not installed: pulumi-language-nodejs, " +
        "pulumi-resource-kubernetes. Install them (pulumi plugin install), or leave SANDBOX_PLUGINS out to use this " +
        "repository's stand-ins.",
    });
  });

  it("refuses another value of SANDBOX_PLUGINS", () => {
    assert.throws(() => choose({ PATH: "", SANDBOX_PLUGINS: "mine" }), {
      name: "SandboxProblem",
      message: 'SANDBOX_PLUGINS="mine" must be "official" or "stand-in", or not be set.',
    });
  });
});
