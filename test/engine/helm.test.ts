import * as assert from "node:assert/strict";
import * as path from "node:path";

import { chartFor } from "../../fleet/charts/overrides";
import { stringAt } from "../../sandbox/plugins/grpc/json";
import { ApiError } from "../../sandbox/plugins/kubernetes/client";
import { connect } from "../../sandbox/plugins/kubernetes/cluster";
import { RECORDED_LABEL } from "../../sandbox/plugins/kubernetes/helm/recorded";
import { settingsFrom } from "../../sandbox/plugins/kubernetes/settings";
import { assertSays, failed, succeeded } from "./fleets";
import { withSandbox } from "./harness";
import { type TestStack } from "./test-stack";

const CHART = path.join(__dirname, "../plugins/charts/demo");
const PROGRAM = path.join(__dirname, "programs/helm");
const CRDS = "apiextensions.k8s.io/v1/customresourcedefinitions";
const PASSWORD = "correct-horse-battery";

describe("a Helm release", function () {
  this.timeout(120_000);
  const sandbox = withSandbox();

  function stack(namespace: string, release: object = {}): { stack: TestStack; change: (values: object) => void } {
    const config = (values: object) => ({
      "cluster-fleet:release": { namespace, password: PASSWORD, chart: CHART, version: "1.2.0", values, ...release },
    });
    const made = sandbox().stack(namespace, config({}), PROGRAM);
    return { stack: made, change: (values) => made.configure({ ...managed(), ...config(values) }) };
  }

  function managed() {
    return { "cluster-fleet:management": { kind: "kubeconfig", name: "sandbox", path: sandbox().kubeconfig } };
  }

  async function object(resource: string): Promise<ReturnType<typeof JSON.parse>> {
    const { api } = connect(settingsFrom({ kubeconfig: sandbox().kubeconfig }, {}));
    return api.request("GET", resource);
  }

  async function greeting(namespace: string, name = "demo"): Promise<string> {
    return stringAt(await object(`/api/v1/namespaces/${namespace}/configmaps/${name}`), "data", "greeting");
  }

  const isMissing = (error: unknown) => error instanceof ApiError && error.code === 404;

  it("is installed by helm, with its definitions and hooks, keeps no secret in the state, and is removed again", async () => {
    const { stack: helm } = stack("helm-whole");
    succeeded(await helm.up());
    assert.equal(await greeting("helm-whole"), "hello");
    assert.equal(await greeting("helm-whole", "demo-before"), "hello");
    assert.equal(await greeting("helm-whole", "demo-after"), "hello");
    await object("/apis/demo.example.com/v1/namespaces/helm-whole/greetings/demo");

    const state = await helm.exportState();
    const release = state.deployment.resources?.find(({ type }) => type === "kubernetes:helm.sh/v3:Release");
    assert.equal(release?.id, "helm-whole/demo");
    assert.deepEqual(release.outputs?.["status"], {
      name: "demo",
      namespace: "helm-whole",
      chart: "demo",
      version: "1.2.0",
      appVersion: "4.5",
      revision: 1,
      status: "deployed",
    });
    assert.doesNotMatch(JSON.stringify(state), new RegExp(PASSWORD));
    assert.doesNotMatch(JSON.stringify(state), new RegExp(Buffer.from(PASSWORD).toString("base64")));

    assert.deepEqual(new Set((await helm.plannedSteps()).map(({ op }) => op)), new Set(["same"]));
    succeeded(await helm.refresh("--expect-no-changes"));
    succeeded(await helm.destroy());
    await assert.rejects(greeting("helm-whole"), isMissing);
  });

  it("fails in a preview where its template fails, in helm's words without what is secret", async () => {
    const { stack: helm, change } = stack("helm-broken");
    change({ broken: true, greeting: PASSWORD });
    const said = failed(await helm.preview());
    assertSays(said, "execution error at (demo/templates/config.yaml.tpl:2:4): the greeting [secret] is broken");
    assert.doesNotMatch(said, new RegExp(PASSWORD));
  });

  it("that the API server refuses is kept as failed, and repaired by the next run", async () => {
    const { stack: helm, change } = stack("helm-refused");
    change({ refused: true });
    assertSays(failed(await helm.up()), 'Helm release "helm-refused/demo" has the status failed: ');
    change({ greeting: "welcome" });
    succeeded(await helm.up());
    assert.equal(await greeting("helm-refused"), "welcome");

    change({ refused: true, greeting: "welcome" });
    assertSays(failed(await helm.up()), 'Invalid value: "demo_refused"');
    change({ greeting: "welcome", random: true });
    succeeded(await helm.up());
    assert.equal(await greeting("helm-refused"), "welcome");
    succeeded(await helm.destroy());
  });

  it("that is atomic leaves nothing of a failed install, and goes back after a failed upgrade", async () => {
    const { stack: helm, change } = stack("helm-atomic", { atomic: true });
    change({ refused: true });
    assertSays(failed(await helm.up()), 'Helm release "helm-atomic/demo" was not made: ');
    assert.equal(
      (await helm.exportState()).deployment.resources?.some(({ type }) => type.includes("Release")),
      false,
    );
    change({ greeting: "first" });
    succeeded(await helm.up());
    change({ greeting: "second", refused: true });
    assertSays(failed(await helm.up()), 'Helm release "helm-atomic/demo" has the status deployed: ');
    assert.equal(await greeting("helm-atomic"), "first");
    succeeded(await helm.destroy());
  });

  it("of a chart that is not on this machine is recorded, and said so; one that Go modules ship takes its place for real", async () => {
    const remote = { chart: "absent", repo: "https://charts.example.com" };
    const { stack: helm } = stack("helm-recorded", remote);
    const notice =
      "recorded, not installed: chart absent 1.2.0 from https://charts.example.com as release helm-recorded/demo. " +
      "This machine has no such chart: put it into a folder that CLUSTER_FLEET_CHARTS names, as absent-1.2.0.";
    const preview = succeeded(await helm.preview());
    assertSays(preview.stdout + preview.stderr, notice);
    const up = succeeded(await helm.up());
    assertSays(up.stdout + up.stderr, notice);
    const list = await object(`/api/v1/configmaps?labelSelector=${encodeURIComponent(`${RECORDED_LABEL}=true`)}`);
    assert.deepEqual(
      list.items.map(({ data }: { data: object }) => data),
      [{ release: "demo", chart: "absent", version: "1.2.0", repo: "https://charts.example.com" }],
    );
    assert.deepEqual(new Set((await helm.plannedSteps()).map(({ op }) => op)), new Set(["same"]));

    helm.configure({
      ...managed(),
      "cluster-fleet:release": { namespace: "helm-recorded", password: PASSWORD, ...chartFor("cluster-api-operator") },
    });
    succeeded(await helm.up());
    await object("/apis/apps/v1/namespaces/helm-recorded/deployments/demo-cluster-api-operator");
    await object(`/apis/${CRDS}/coreproviders.operator.cluster.x-k8s.io`);
    await assert.rejects(object("/api/v1/namespaces/helm-recorded/configmaps/recorded-release.demo"), isMissing);
    succeeded(await helm.destroy());
  });
});
