import * as path from "node:path";

import { defineCommand } from "../command";
import { completionScript, type Shell, SHELLS } from "../completion/script";
import { EXIT } from "../errors";
import { PROJECT_FOLDER } from "../pulumi";

export const completion = defineCommand({
  name: "completion",
  summary: "a script that makes a shell complete commands, options and clusters",
  positionals: [{ name: "SHELL", summary: `one of ${SHELLS.join(", ")}`, choices: SHELLS }],
  details: `It completes the word fleet, so that is to be an alias:
  alias fleet='npm run --silent fleet --'
  eval "$(npm run --silent fleet -- completion bash)"   in ~/.bashrc
  eval "$(npm run --silent fleet -- completion zsh)"    in ~/.zshrc
  npm run --silent fleet -- completion fish | source    in config.fish

The script names this clone: run it again where the clone moves.`,
  run({ positionals: [shell], out }) {
    const start = ["sandbox/with-typescript.cjs", "cli/main.ts"].map((file) => path.join(PROJECT_FOLDER, file));
    const script = completionScript(shell as Shell, [process.execPath, ...start]);
    if (out.json) out.data({ shell, script });
    else out.line(script);
    return Promise.resolve(EXIT.done);
  },
});
