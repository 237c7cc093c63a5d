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
    return choosePlugins({ env, pulumi, home: folder, linkFolder: path.join(folder, "links") });
  }

  it("takes the stand-ins where nothing official is installed", () => {
    assert.deepEqual(choose({ PATH: path.join(folder, "nothing") }), {
      pathPrefix: STAND_IN_FOLDER,
      lines: [
        "Pulumi plugins: this repository's stand-ins (nodejs, kubernetes, random; see sandbox/plugins/README.md)",
      ],
    });
  });

  it("takes official plugins from PATH", () => {
    assert.deepEqual(choose({ PATH: install("path", ALL) }), {
      pathPrefix: "",
      lines: ["Pulumi plugins: official (nodejs, kubernetes, random)"],
    });
  });

  it("finds official plugins beside pulumi, in PULUMI_HOME and in the home folder's cache", () => {
    install("pulumi-bin", ["pulumi-language-nodejs"]);
    install("pulumi-home/plugins/resource-kubernetes-v4.32.0", ["pulumi-resource-kubernetes"]);
    install(".pulumi/plugins/resource-random-v4.21.2", ["pulumi-resource-random"]);
    const choice = choose({ PATH: "", PULUMI_HOME: path.join(folder, "pulumi-home") });
    assert.deepEqual(choice, { pathPrefix: "", lines: ["Pulumi plugins: official (nodejs, kubernetes, random)"] });
  });

  it("passes over a cached plugin of another version than the npm package asks for", () => {
    install(".pulumi/plugins/resource-kubernetes-v4.31.0", ["pulumi-resource-kubernetes"]);
    assert.equal(choose({ PATH: "" }).pathPrefix, STAND_IN_FOLDER);
  });

  it("puts only the missing plugins' stand-ins on PATH where some are official", () => {
    const choice = choose({ PATH: install("path", ["pulumi-resource-random"]) });
    assert.deepEqual(choice, {
      pathPrefix: path.join(folder, "links"),
      lines: [
        "Pulumi plugins: official (random), this repository's stand-ins (nodejs, kubernetes; see sandbox/plugins/README.md)",
      ],
    });
    assert.deepEqual(fs.readdirSync(choice.pathPrefix).sort(), [
      "pulumi-language-nodejs",
      "pulumi-resource-kubernetes",
    ]);
  });

  it("does not take its own stand-ins on PATH for official plugins", () => {
    const first = choose({ PATH: install("path", ["pulumi-resource-random"]) });
    const again = choose({ PATH: [first.pathPrefix, STAND_IN_FOLDER].join(path.delimiter) });
    assert.equal(again.pathPrefix, STAND_IN_FOLDER);
  });

  it("takes the stand-ins in spite of official plugins with SANDBOX_PLUGINS=stand-in", () => {
    assert.equal(choose({ PATH: install("path", ALL), SANDBOX_PLUGINS: "stand-in" }).pathPrefix, STAND_IN_FOLDER);
  });

  it("names what is missing with SANDBOX_PLUGINS=official", () => {
    const env = { PATH: install("path", ["pulumi-resource-random"]), SANDBOX_PLUGINS: "official" };
    assert.throws(() => choose(env), {
      message:
        "SANDBOX_PLUGINS=official, but these official plugins are not installed: pulumi-language-nodejs, " +
        "pulumi-resource-kubernetes. Install them (pulumi plugin install), or leave SANDBOX_PLUGINS out to use this " +
        "repository's stand-ins.",
    });
  });

  it("refuses another value of SANDBOX_PLUGINS", () => {
    assert.throws(() => choose({ PATH: "", SANDBOX_PLUGINS: "mine" }), {
      message: 'SANDBOX_PLUGINS="mine" must be "official" or "stand-in", or not be set.',
    });
  });
});
