import { EXIT } from "./errors";
import { run } from "./run";

// `npm run fleet -- status | head` closes our output early: that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(EXIT.done);
});

void run(process.argv.slice(2)).then((code) => (process.exitCode = code));
