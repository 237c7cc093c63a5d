import { resolve } from "node:path";

/** A path as the user meant it: npm starts us in the clone, wherever they are. */
export function userPath(path: string, env: NodeJS.ProcessEnv = process.env): string {
  return resolve(env["INIT_CWD"] ?? process.cwd(), path);
}
