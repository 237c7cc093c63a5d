import * as assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { engineEnvironment } from "../../../sandbox/engine/environment";
import { sandboxPaths } from "../../../sandbox/layout";
import { temporaryFolder } from "./temporary-folder";

describe("the engine's environment", () => {
  const folder = temporaryFolder();

  it("keeps the state in files that an engine which is killed leaves whole: without attribute files", () => {
    const { variables } = engineEnvironment(sandboxPaths(folder()), path.join(folder(), "pulumi"), {});
    assert.equal(variables["PULUMI_BACKEND_URL"], `file://${folder()}/state?metadata=skip`);
  });

  it("leaves official plugins in the user's Pulumi home as they are where stand-ins are wished for", () => {
    const home = path.join(folder(), "home");
    const official = path.join(home, "plugins", "resource-random-v4.21.2", "pulumi-resource-random");
    mkdirSync(path.dirname(official), { recursive: true });
    writeFileSync(official, "the official plugin", { mode: 0o755 });
    const user = { PULUMI_HOME: home, SANDBOX_PLUGINS: "stand-in" };
    engineEnvironment(sandboxPaths(path.join(folder(), "sandbox")), path.join(folder(), "pulumi"), user);
    assert.equal(readFileSync(official, "utf8"), "the official plugin");
  });
});
