import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import { computedNames } from "../../sandbox/plugins/aws/make";
import { TYPES } from "../../sandbox/plugins/aws/table";

const PACKAGE = path.dirname(require.resolve("@pulumi/aws/package.json"));

/** What the npm package declares of a resource: inputs with whether they are required, and outputs. */
interface Declared {
  inputs: Map<string, boolean>;
  outputs: string[];
}

describe("the table of the AWS stand-in against the npm package @pulumi/aws", () => {
  const rows = Object.entries(TYPES).map(([token, type]) => ({ token, type, declared: declaration(token) }));

  it("names every type by the token that the package uses", () => {
    assert.deepEqual(
      rows.map(({ token }) => pulumiType(token)),
      rows.map(({ token }) => token),
    );
  });

  it("has exactly the inputs that the package declares", () => {
    for (const { token, type, declared } of rows) {
      assert.deepEqual([...type.required, ...type.optional].sort(), [...declared.inputs.keys()].sort(), token);
    }
  });

  it("requires exactly the inputs that the package requires", () => {
    for (const { token, type, declared } of rows) {
      const required = [...declared.inputs].filter(([, isRequired]) => isRequired).map(([name]) => name);
      assert.deepEqual([...type.required].sort(), required.sort(), token);
    }
  });

  it("replaces for inputs, has defaults for inputs and names inputs automatically", () => {
    for (const { token, type, declared } of rows) {
      const replacing = type.replaceOn.map((each) => each.split(".")[0] ?? "");
      const used = [...replacing, ...Object.keys(type.defaults ?? {}), ...(type.autoName ? [type.autoName.input] : [])];
      const others = used.filter((name) => !declared.inputs.has(name));
      assert.deepEqual(others, [], token);
    }
  });

  it("computes outputs that the package declares and that are no inputs", () => {
    for (const { token, type, declared } of rows) {
      const outputs = declared.outputs.filter((name) => !declared.inputs.has(name));
      // A launch template's default version is both: it follows the latest where the program says so.
      const others = computedNames(type).filter((name) => !outputs.includes(name) && name !== "defaultVersion");
      assert.deepEqual(others, [], token);
    }
  });
});

function sourceFile(token: string, extension: string): string {
  const [, module = ""] = token.split(":");
  return path.join(PACKAGE, `${module}${extension}`);
}

function pulumiType(token: string): string | undefined {
  return /__pulumiType = '([^']+)'/.exec(fs.readFileSync(sourceFile(token, ".js"), "utf8"))?.[1];
}

function declaration(token: string): Declared {
  const file = sourceFile(token, ".d.ts");
  const source = ts.createSourceFile(file, fs.readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const name = token.split(":")[2] ?? "";
  const args = source.statements.filter(ts.isInterfaceDeclaration).find((each) => each.name.text === `${name}Args`);
  const resource = source.statements.filter(ts.isClassDeclaration).find((each) => each.name?.text === name);
  assert.ok(args && resource, `${file} declares ${name} and ${name}Args`);
  return {
    inputs: new Map(args.members.map((member) => [memberName(member), member.questionToken === undefined])),
    outputs: resource.members.filter(ts.isPropertyDeclaration).map(memberName),
  };
}

function memberName(member: ts.TypeElement | ts.ClassElement): string {
  return member.name && ts.isIdentifier(member.name) ? member.name.text : "";
}
