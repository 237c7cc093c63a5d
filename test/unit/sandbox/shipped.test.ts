import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { familyFolder } from "../../../sandbox/tools/cache";
import { FAMILIES, type ShippedFiles } from "../../../sandbox/tools/families";
import { helmVariables } from "../../../sandbox/tools/helm";
import { keepShippedFiles } from "../../../sandbox/tools/shipped";
import { temporaryFolder } from "./temporary-folder";

const crd = (name: string) => `kind: CustomResourceDefinition\nmetadata: { name: ${name} }\n`;

describe("files that Go modules ship", () => {
  const folder = temporaryFolder();
  const source = { module: "example.com/m", folder: "" };
  const shipped: ShippedFiles = {
    charts: [
      { name: "plain", module: source.module, folder: "chart", leadingV: true },
      { name: "with-crds", module: source.module, folder: "chart", leadingV: false, crds: "cluster-api-operator" },
    ],
    crds: {
      caaph: { ...source, folder: "crds" },
      "cert-manager": { ...source, folder: "crds" },
      "cluster-api-operator": { ...source, folder: "config/crd" },
    },
  };

  function write(file: string, text: string): void {
    const place = path.join(folder(), "module", file);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, text, { mode: 0o444 });
  }

  async function kept(): Promise<string> {
    write("chart/Chart.yaml", "name: c\nversion: v0.0.0\nappVersion: v0.0.0\n");
    write("chart/templates/a.yaml", "a: {{ .Values.a }}\n");
    write("config/crd/kustomization.yaml", "commonLabels: { contract: v1 }\nresources: []\n");
    write("config/crd/bases/b.yaml", crd("bs.example.com"));
    write("config/crd/bases/OWNERS", "nobody");
    write("crds/c.yaml", crd("cs.example.com"));
    write("crds/README.md", "Definitions");
    const into = path.join(folder(), "kept");
    mkdirSync(into);
    await keepShippedFiles(shipped, into, () =>
      Promise.resolve({ folder: path.join(folder(), "module"), version: "v1.2.3" }),
    );
    return into;
  }

  it("are charts in the module's version, as helm reads them, and writable", async () => {
    const charts = path.join(await kept(), "charts");
    assert.deepEqual(readdirSync(charts), ["plain-v1.2.3", "with-crds-1.2.3"]);
    const read = (file: string) => readFileSync(path.join(charts, file), "utf8");
    assert.equal(read("plain-v1.2.3/Chart.yaml"), "name: c\nversion: v1.2.3\nappVersion: v1.2.3\n");
    assert.equal(read("with-crds-1.2.3/Chart.yaml"), "name: c\nversion: 1.2.3\nappVersion: v1.2.3\n");
    assert.equal(read("plain-v1.2.3/templates/a.yaml"), "a: {{ .Values.a }}\n");
    assert.deepEqual(readdirSync(path.join(charts, "with-crds-1.2.3", "crds")), ["bs.example.com.yaml"]);
    assert.deepEqual(readdirSync(path.join(charts, "plain-v1.2.3")), ["Chart.yaml", "templates"]);
    writeFileSync(path.join(charts, "plain-v1.2.3/Chart.yaml"), "");
  });

  it("are definitions by source, with the labels of their kustomization where there is one", async () => {
    const crds = JSON.parse(readFileSync(path.join(await kept(), "crds.json"), "utf8")) as Record<string, unknown>;
    const definition = (name: string, labels: object) => [
      { kind: "CustomResourceDefinition", metadata: { name, labels } },
    ];
    assert.deepEqual(crds["cluster-api-operator"], definition("bs.example.com", { contract: "v1" }));
    assert.deepEqual(crds["cert-manager"], definition("cs.example.com", {}));
    assert.deepEqual(Object.keys(crds).sort(), Object.keys(shipped.crds).sort());
  });
});

describe("what the Kubernetes stand-in is told of helm", () => {
  const folder = temporaryFolder();
  const place = (name: string, file: string) => {
    const family = FAMILIES.find((each) => each.name === name)!;
    return path.join(familyFolder(folder(), family, family.binaries), file);
  };

  it("is nothing before helm is built", () => {
    assert.deepEqual(helmVariables(folder(), {}), {});
  });

  it("is the helm and the charts of the tool cache, the user's own first", () => {
    mkdirSync(place("charts", "charts"), { recursive: true });
    mkdirSync(place("helm", ""), { recursive: true });
    writeFileSync(place("helm", "helm"), "");
    const [CLUSTER_FLEET_HELM, CLUSTER_FLEET_CHARTS] = [place("helm", "helm"), place("charts", "charts")];
    assert.deepEqual(helmVariables(folder(), {}), { CLUSTER_FLEET_HELM, CLUSTER_FLEET_CHARTS });
    assert.deepEqual(helmVariables(folder(), { CLUSTER_FLEET_HELM: "/my/helm", CLUSTER_FLEET_CHARTS: "/my/charts" }), {
      CLUSTER_FLEET_HELM: "/my/helm",
      CLUSTER_FLEET_CHARTS: `/my/charts:${CLUSTER_FLEET_CHARTS}`,
    });
  });
});
