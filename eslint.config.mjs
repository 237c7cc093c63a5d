import js from "@eslint/js";
import tseslint from "typescript-eslint";

// Imports go one way: fleet <- live <- components / policy / cli <- index, sandbox, test.
// `fleet/` is pure: no Pulumi, no file, network or process.
const io = ["fs", "net", "http", "https", "tls", "dns", "child_process", "os", "process", "worker_threads"];
const forbid = (folders, why, extra = []) => [
  "error",
  {
    patterns: [
      // A package's own folders are not ours.
      { group: [...folders.flatMap((folder) => [`**/${folder}/**`, `**/${folder}`]), "!@pulumi/**"], message: why },
      ...extra,
    ],
  },
];

export default tseslint.config(
  { ignores: ["node_modules/", ".sandbox/", "**/.stryker/"] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ["**/*.{js,cjs,mjs}"],
    languageOptions: {
      globals: {
        require: "readonly",
        process: "readonly",
        console: "readonly",
        module: "writable",
        __dirname: "readonly",
        URL: "readonly",
      },
    },
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
  {
    files: ["**/*.ts"],
    rules: {
      "max-lines": ["error", { max: 400 }],
      "@typescript-eslint/no-extraneous-class": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
    },
  },
  {
    files: ["test/**/*.ts"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off" },
  },
  {
    files: ["fleet/**/*.ts"],
    rules: {
      "no-restricted-imports": forbid(
        ["live", "components", "policy", "cli", "sandbox"],
        "fleet/ is the bottom of the house: it imports nothing above it.",
        [
          {
            group: ["@pulumi/*", "@kubernetes/*", ...io, ...io.map((m) => `node:${m}`)],
            message: "fleet/ is pure: no Pulumi and no IO.",
          },
        ],
      ),
    },
  },
  {
    files: ["live/**/*.ts"],
    rules: {
      "no-restricted-imports": forbid(["components", "policy", "cli", "sandbox"], "live/ imports fleet/ only.", [
        { group: ["@pulumi/*"], message: "live/ observes without Pulumi: the CLI uses it too." },
      ]),
    },
  },
  {
    files: ["components/**/*.ts"],
    rules: {
      "no-restricted-imports": forbid(
        ["live", "policy", "cli", "sandbox"],
        "components/ create from plan data; they import fleet/ only.",
      ),
    },
  },
  {
    files: ["policy/**/*.ts"],
    rules: {
      "no-restricted-imports": forbid(
        ["live", "components", "cli", "sandbox"],
        "policy/ judges what is registered; it imports fleet/ only.",
      ),
    },
  },
  {
    files: ["cli/**/*.ts"],
    rules: {
      "no-restricted-imports": forbid(["components", "policy", "sandbox"], "cli/ imports fleet/ and live/ only."),
    },
  },
  {
    files: ["program/**/*.ts"],
    rules: {
      "no-restricted-imports": forbid(
        ["components", "policy", "cli", "sandbox"],
        "program/ helps index.ts; it imports fleet/ and live/ only.",
      ),
    },
  },
  {
    files: ["index.ts"],
    rules: { "no-restricted-imports": forbid(["policy", "cli", "sandbox"], "The program runs without the sandbox.") },
  },
);
