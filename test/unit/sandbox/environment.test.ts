import * as assert from "node:assert/strict";
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
});
