import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { CAPA_VARIABLES } from "../../fleet/cluster-api/providers";
import { TURTLES_WAIT_RULES, turtlesWaits } from "../../fleet/cluster-api/turtles";
import { sandboxPaths, toolsFolder } from "../../sandbox/layout";
import { type Access, apply, request } from "../../sandbox/management/api";
import { credentialFiles } from "../../sandbox/management/credentials";
import { type JsonObject, stringAt, valueAt } from "../../sandbox/plugins/grpc/json";
import { RECORDED_LABEL } from "../../sandbox/plugins/kubernetes/helm/recorded";
import { kubeconfigAccess } from "../../sandbox/rehearsal/access";
import { isTrue } from "../../sandbox/rehearsal/controller/conditions";
import { StandInController } from "../../sandbox/rehearsal/controller/controller";
import { foreignKinds, type ForeignKinds } from "../../sandbox/rehearsal/kinds/foreign-kinds";
import { installForeignKinds } from "../../sandbox/rehearsal/kinds/install";
import { createReport } from "../../sandbox/report";
import { findOrBuildTools } from "../../sandbox/tools/build";
import { eventually } from "./eventually";
import { withSandbox } from "./harness";

const DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
const OPERATOR = "operator.cluster.x-k8s.io/v1alpha2";
const WAITER = "cluster-fleet-wait-turtles";

describe("the stand-in controller of a rehearsal", function () {
  this.timeout(240_000);
  const sandbox = withSandbox();
  let access: Access;
  let kinds: ForeignKinds[];
  let controller: StandInController;
  const started: string[] = [];

  before("start it", async () => {
    const tools = await findOrBuildTools(toolsFolder(), createReport(process.stderr));
    const { serviceAccountKey } = credentialFiles(sandboxPaths(path.dirname(sandbox().kubeconfig)));
    access = kubeconfigAccess(sandbox().kubeconfig);
    kinds = foreignKinds(tools);
    // In the sandbox of these tests everything runs already.
    controller = new StandInController(access, readFileSync(serviceAccountKey, "utf8"), kinds, (component) => {
      started.push(component);
      return Promise.resolve();
    });
    controller.start();
  });

  // Other files use the same API server.
  after("stop it, and take the kinds away", async () => {
    await controller.stop();
    const arrived = kinds.filter(({ runs }) => runs === undefined);
    const names = arrived.flatMap(({ crds }) => crds.map(({ metadata }) => metadata.name));
    await Promise.all(names.map((name) => request(access, "DELETE", `${DEFINITIONS}/${name}`)));
  });

  async function put(collection: string, kind: string, name: string, fields: object = {}): Promise<void> {
    const apiVersion = /^\/apis\/([^/]+\/[^/]+)/.exec(collection)?.[1] ?? "v1";
    await apply(access, collection, { apiVersion, kind, metadata: { name }, ...fields });
  }

  async function get(path: string): Promise<JsonObject> {
    const { status, body } = await request(access, "GET", path);
    assert.equal(status, 200, body);
    return JSON.parse(body) as JsonObject;
  }

  async function becomes(path: string, condition: string): Promise<JsonObject> {
    return eventually(`${path} ${condition}`, async () => {
      const object = await get(path);
      assert.ok(isTrue(object, condition), controller.waiting.join("\n"));
      return object;
    });
  }

  async function waits(what: string, why: string): Promise<void> {
    await eventually(what, () => Promise.resolve(assert.ok(controller.waiting.includes(`${what}: ${why}`))));
  }

  const pods = { metadata: { labels: { app: "demo" } }, spec: { containers: [{ name: "demo", image: "demo" }] } };
  const selector = { matchLabels: { app: "demo" } };

  it("marks what would run ready by its status, and leaves the spec alone", async () => {
    await put("/api/v1/namespaces", "Namespace", "rehearsed");
    const apps = "/apis/apps/v1/namespaces/rehearsed";
    const jobs = "/apis/batch/v1/namespaces/rehearsed/jobs";
    const template = { ...pods, spec: { ...pods.spec, restartPolicy: "Never" } };
    const ports = [{ port: 443 }];
    await put(`${apps}/deployments`, "Deployment", "demo", { spec: { replicas: 3, selector, template: pods } });
    await put(`${apps}/daemonsets`, "DaemonSet", "demo", { spec: { selector, template: pods } });
    await put(`${apps}/statefulsets`, "StatefulSet", "demo", { spec: { selector, template: pods, serviceName: "x" } });
    await put("/api/v1/namespaces/rehearsed/services", "Service", "demo", { spec: { type: "LoadBalancer", ports } });
    await put(jobs, "Job", "demo", { spec: { completions: 2, template } });

    const { spec } = await get(`${apps}/deployments/demo`);
    const deployment = await becomes(`${apps}/deployments/demo`, "Available");
    assert.deepEqual(deployment["spec"], spec);
    assert.equal(valueAt(deployment, "metadata", "generation"), 1);
    assert.equal(valueAt(deployment, "status", "availableReplicas"), 3);
    assert.equal(valueAt(await becomes(`${jobs}/demo`, "Complete"), "status", "succeeded"), 2);
    // A Job is over after the others, so nothing has to be waited for any more.
    assert.equal(valueAt(await get(`${apps}/daemonsets/demo`), "status", "numberReady"), 3);
    assert.equal(valueAt(await get(`${apps}/statefulsets/demo`), "status", "readyReplicas"), 1);
    const service = await get("/api/v1/namespaces/rehearsed/services/demo");
    assert.deepEqual(valueAt(service, "status", "loadBalancer", "ingress"), [
      { hostname: "k8s-rehearse-demo-0123456789.elb.us-west-2.amazonaws.com" },
    ]);
  });

  it("switches off the webhooks of pods that do not run", async () => {
    const webhook = {
      name: "guard.example.com",
      admissionReviewVersions: ["v1"],
      sideEffects: "None",
      failurePolicy: "Fail",
      timeoutSeconds: 1,
      clientConfig: { service: { namespace: "rehearsed", name: "guard" } },
      rules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["podtemplates"] }],
    };
    const collection = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations";
    await put(collection, "ValidatingWebhookConfiguration", "guard", { webhooks: [webhook] });
    await eventually("a guarded object", async () => {
      const template = { template: pods };
      const refusal = await put("/api/v1/namespaces/rehearsed/podtemplates", "PodTemplate", "demo", template).then(
        () => "",
        String,
      );
      assert.equal(refusal, "");
    });
    await request(access, "DELETE", `${collection}/guard`);
  });

  it("installs a provider once the core and its variables are there, and its kinds before it is ready", async () => {
    for (const kind of kinds.filter(({ name }) => name === "cluster-api-operator")) {
      await installForeignKinds(access, kind);
    }
    await put("/api/v1/namespaces", "Namespace", "capa-system");
    const at = (plural: string) => `/apis/${OPERATOR}/namespaces/capa-system/${plural}`;
    const configSecret = { name: "aws-variables" };
    await put(at("infrastructureproviders"), "InfrastructureProvider", "aws", {
      spec: { version: "v2.13.0", configSecret },
    });
    await waits("InfrastructureProvider/capa-system/aws", "no core provider is ready");

    await put(at("coreproviders"), "CoreProvider", "cluster-api", { spec: { version: "v1.13.4" } });
    await becomes(`${at("coreproviders")}/cluster-api`, "Ready");
    await waits("InfrastructureProvider/capa-system/aws", "there is no Secret capa-system/aws-variables");

    await put("/api/v1/namespaces/capa-system/secrets", "Secret", "aws-variables", { stringData: CAPA_VARIABLES });
    const provider = await becomes(`${at("infrastructureproviders")}/aws`, "Ready");
    assert.equal(stringAt(provider, "status", "installedVersion"), "v2.13.0");
    assert.deepEqual(started, ["capa"]);
    await get("/apis/infrastructure.cluster.x-k8s.io/v1beta2/awsclustercontrolleridentities/default");

    await put(at("infrastructureproviders"), "InfrastructureProvider", "aws", {
      spec: { version: "v2.13.1", configSecret },
    });
    await eventually("the new version", async () => {
      const { status } = await get(`${at("infrastructureproviders")}/aws`);
      assert.equal(stringAt(status, "installedVersion"), "v2.13.1");
      assert.equal(valueAt(status, "observedGeneration"), 2);
    });
  });

  it("brings Turtles and the core after Rancher, and ends a Job that waits for them with the Job's own rights", async () => {
    await put("/api/v1/namespaces", "Namespace", "cattle-system");
    await put("/api/v1/namespaces/cattle-system/serviceaccounts", "ServiceAccount", WAITER);
    const [first, ...others] = turtlesWaits().map(({ name, args }) => ({
      name,
      image: "kubectl",
      command: ["kubectl"],
      args,
    }));
    const spec = { serviceAccountName: WAITER, restartPolicy: "Never", initContainers: [first], containers: others };
    await put("/apis/batch/v1/namespaces/cattle-system/jobs", "Job", WAITER, { spec: { template: { spec } } });
    const waiting = async (why: RegExp) =>
      eventually(String(why), () => Promise.resolve(assert.match(controller.waiting.join("\n"), why)));
    await waiting(/Job\/cattle-system\/cluster-fleet-wait-turtles: .* is forbidden: User "system:serviceaccount:/);

    const roles = "/apis/rbac.authorization.k8s.io/v1";
    await put(`${roles}/clusterroles`, "ClusterRole", WAITER, { rules: TURTLES_WAIT_RULES });
    await put(`${roles}/clusterrolebindings`, "ClusterRoleBinding", WAITER, {
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: WAITER },
      subjects: [{ kind: "ServiceAccount", name: WAITER, namespace: "cattle-system" }],
    });
    await waiting(/capiproviders\.turtles-capi\.cattle\.io is not there/);
    await sleep(1000);
    assert.ok(!isTrue(await get(`/apis/batch/v1/namespaces/cattle-system/jobs/${WAITER}`), "Complete"));

    await apply(access, "/api/v1/namespaces/cattle-system/configmaps", {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "recorded-release.rancher", labels: { [RECORDED_LABEL]: "true" } },
      data: { release: "rancher", chart: "rancher", version: "2.15.0" },
    } as never);
    await becomes(`/apis/batch/v1/namespaces/cattle-system/jobs/${WAITER}`, "Complete");
    const core = "/apis/turtles-capi.cattle.io/v1alpha1/namespaces/cattle-capi-system/capiproviders/cluster-api";
    assert.equal(stringAt(await get(core), "status", "phase"), "Ready");
    assert.deepEqual(controller.waiting, []);
  });
});
