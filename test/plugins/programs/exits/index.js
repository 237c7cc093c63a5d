// A program that shows what the language host gave it and ends with the exit code of its first argument.
const shown = {
  arguments: process.argv.slice(2),
  config: process.env["PULUMI_CONFIG"],
  folder: process.cwd(),
  secretKeys: process.env["PULUMI_CONFIG_SECRET_KEYS"],
  tsconfig: process.env["PULUMI_NODEJS_TSCONFIG_PATH"],
  typescript: process.env["PULUMI_NODEJS_TYPESCRIPT"],
};
process.stdout.write(`shown: ${JSON.stringify(shown)}\n`, () => {
  const code = Number(process.argv[2]);
  if (code !== 0) process.exit(code);
});
