import assert from "node:assert/strict";
import { readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { writeSecretFile } from "../../../cli/kubeconfig/write-secret-file";
import { temporaryFolder } from "../sandbox/temporary-folder";

describe("a kubeconfig's file", () => {
  const folder = temporaryFolder();
  const file = () => path.join(folder(), "kubeconfig");
  const mode = () => statSync(file()).mode & 0o777;

  it("can be read by its owner only", () => {
    assert.equal(writeSecretFile(file(), "secret", { overwrite: false }), file());
    assert.deepEqual([readFileSync(file(), "utf8"), mode()], ["secret", 0o600]);
  });

  it("is not overwritten without --force", () => {
    writeFileSync(file(), "before");
    assert.throws(() => writeSecretFile(file(), "secret", { overwrite: false }), {
      name: "CliError",
      message: `${file()} exists. Add --force to overwrite it, or name another file.`,
    });
    assert.equal(readFileSync(file(), "utf8"), "before");
  });

  it("is replaced with --force: not readable for others if it was, and not written through a link", () => {
    const other = path.join(folder(), "other");
    writeFileSync(other, "other", { mode: 0o644 });
    symlinkSync(other, file());
    writeSecretFile(file(), "secret", { overwrite: true });
    assert.deepEqual([readFileSync(file(), "utf8"), mode(), readFileSync(other, "utf8")], ["secret", 0o600, "other"]);
  });

  it("cannot be written where there is no folder", () => {
    const nowhere = path.join(folder(), "nowhere", "kubeconfig");
    assert.throws(() => writeSecretFile(nowhere, "x", { overwrite: false }), {
      name: "CliError",
      message: new RegExp(`^${nowhere} cannot be written \\(ENOENT.*\\)\\. Name a file in a folder`),
    });
  });
});
