import assert from "node:assert/strict";
import { spawn } from "node:child_process";

import { PROJECT_FOLDER } from "../../../../cli/pulumi";

/** Sleeps until it is interrupted; says what it hands on. */
const SLEEPER = `
const interrupts = require("./cli/rollout/interrupts").interruptsOfProcess();
interrupts.passTo(() => console.log("handed on"));
console.log("sleeps");
interrupts.sleep(60_000).then(() => setTimeout(() => console.log("awake"), 100));
`;

describe("Ctrl-C", () => {
  it("ends a sleep, and is handed on once where terminal and npm both send it", async () => {
    const child = spawn(process.execPath, ["--require", "sucrase/register/ts", "--eval", SLEEPER], {
      cwd: PROJECT_FOLDER,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (text.startsWith("sleeps")) {
        child.kill("SIGINT");
        child.kill("SIGTERM");
      }
    });
    const code = await new Promise((resolve) => child.once("close", resolve));
    assert.deepEqual([code, said], [0, "sleeps\nhanded on\nawake\n"]);
  });
});
