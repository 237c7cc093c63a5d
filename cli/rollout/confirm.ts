import { createInterface } from "node:readline/promises";

/** Asks on the terminal; only the word yes is one. Ctrl-C and the end of the input are a no. */
export async function typedYes(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const ended = new Promise<string>((resolve) => {
    terminal.once("SIGINT", () => resolve(""));
    terminal.once("close", () => resolve(""));
  });
  try {
    const answer = await Promise.race([terminal.question(`${question} Type yes: `), ended]);
    return answer.trim() === "yes";
  } finally {
    terminal.close();
  }
}
