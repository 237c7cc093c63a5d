/** Takes away whatever of the user's AWS set-up stands in this process's environment: no sandbox may reach an account. */
export function withoutAws(environment: NodeJS.ProcessEnv = process.env): Record<string, undefined> {
  const names = Object.keys(environment).filter((name) => name.startsWith("AWS_"));
  return Object.fromEntries(names.map((name) => [name, undefined]));
}
