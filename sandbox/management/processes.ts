import { createHash } from "node:crypto";
import { devNull } from "node:os";
import * as path from "node:path";
import { type SandboxPaths } from "../layout";
import { type DetachedCommand } from "../process/detached";
import { withoutAws } from "../process/environment";
import { credentialFiles } from "./credentials";
import { type ComponentName, type ProcessName } from "./names";
import { type Ports } from "./ports";

/** How one process of the management cluster is run. */
export interface ProcessSpec extends DetachedCommand {
  readonly name: ProcessName;
  /** Answers 200 once the process does its work. */
  readonly ready: string;
}

export interface Place {
  readonly paths: SandboxPaths;
  readonly address: string;
  readonly ports: Ports;
  /** Where CAPA finds AWS. Absent: nowhere, and it reconciles nothing. */
  readonly aws?: AwsAccess;
}

/** A simulated AWS API, and who somebody is there. */
export interface AwsAccess {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

const FEATURES = "ClusterTopology=true,MachinePool=true,RuntimeSDK=true";

/** No object carries it: CAPA reconciles none, its webhooks judge all. */
const NOTHING = "sandbox-reconciles-nothing";

/** How often CAPA looks whether a network is there before an EKS cluster: it is, after seconds; by default a minute. */
const PATIENCE = "2s";

export function apiServerUrl({ address, ports }: Place): string {
  return `https://${address}:${ports["kube-apiserver"]}`;
}

export function webhookUrl({ address, ports }: Place, component: ComponentName): string {
  return `https://${address}:${ports[`${component}-webhook`]}`;
}

/** @param binary The file to run. */
export function processSpec(name: ProcessName, place: Place, binary: string): ProcessSpec {
  const common = { name, binary, log: logFile(place.paths, name) };
  switch (name) {
    case "etcd":
      return { ...common, ...etcd(place) };
    case "kube-apiserver":
      return { ...common, ...kubeApiServer(place) };
    case "kube-controller-manager":
      return { ...common, ...kubeControllerManager(place) };
    default:
      return { ...common, ...clusterApi(place, name) };
  }
}

export function logFile(paths: SandboxPaths, name: string): string {
  return path.join(paths.logs, `${name}.log`);
}

/** Two processes with the same fingerprint need not be exchanged for one another. */
export function fingerprint({ binary, args, env }: ProcessSpec): string {
  return createHash("sha256").update(JSON.stringify({ binary, args, env })).digest("hex").slice(0, 16);
}

type Run = Pick<ProcessSpec, "args" | "env" | "ready">;

function etcd({ paths, address, ports }: Place): Run {
  const client = `http://${address}:${ports["etcd-client"]}`;
  const peer = `http://${address}:${ports["etcd-peer"]}`;
  return {
    ready: `${client}/health`,
    env: {},
    args: [
      "--name=sandbox",
      `--data-dir=${paths.etcd}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=sandbox=${peer}`,
      "--unsafe-no-fsync",
    ],
  };
}

function kubeApiServer(place: Place): Run {
  const { paths, address, ports } = place;
  const files = credentialFiles(paths);
  return {
    ready: `${apiServerUrl(place)}/readyz`,
    env: {},
    args: [
      `--bind-address=${address}`,
      `--advertise-address=${address}`,
      `--secure-port=${ports["kube-apiserver"]}`,
      `--cert-dir=${files.servingFolder}`,
      `--etcd-servers=http://${address}:${ports["etcd-client"]}`,
      "--authorization-mode=RBAC",
      `--token-auth-file=${files.tokens}`,
      "--service-account-issuer=https://kubernetes.default.svc",
      `--service-account-key-file=${files.serviceAccountKey}`,
      `--service-account-signing-key-file=${files.serviceAccountKey}`,
      "--service-cluster-ip-range=10.0.0.0/24",
      // No controller makes service accounts here, and nothing runs as one.
      "--disable-admission-plugins=ServiceAccount",
      // A loopback address cannot be an endpoint of the `kubernetes` service.
      "--endpoint-reconciler-type=none",
    ],
  };
}

function kubeControllerManager({ paths, address, ports }: Place): Run {
  return {
    ready: `https://${address}:${ports["kube-controller-manager"]}/healthz`,
    env: {},
    args: [
      `--kubeconfig=${paths.kubeconfig}`,
      `--bind-address=${address}`,
      `--secure-port=${ports["kube-controller-manager"]}`,
      "--controllers=garbage-collector-controller,namespace-controller",
      "--leader-elect=false",
    ],
  };
}

function clusterApi({ paths, address, ports, aws }: Place, name: ComponentName): Run {
  const health = `${address}:${ports[`${name}-health`]}`;
  return {
    ready: `http://${health}/readyz`,
    env: {
      // Read by the webhook server, see tools/loopback.ts.
      SANDBOX_BIND_ADDRESS: address,
      // The in-memory provider serves the workload clusters' APIs here; without it they have no endpoint.
      ...(name === "capi-dev" ? { POD_IP: address } : {}),
      ...(name === "capa" ? awsVariables(aws) : {}),
    },
    args: [
      `--kubeconfig=${paths.kubeconfig}`,
      `--webhook-port=${ports[`${name}-webhook`]}`,
      `--webhook-cert-dir=${credentialFiles(paths).webhookFolder}`,
      `--health-addr=${health}`,
      `--diagnostics-address=${address}:${ports[`${name}-diagnostics`]}`,
      "--insecure-diagnostics",
      "--leader-elect=false",
      ...(name === "capa" ? [awsFlag(aws)] : [`--feature-gates=${FEATURES}`]),
    ],
  };
}

function awsFlag(aws: AwsAccess | undefined): string {
  return aws === undefined ? `--watch-filter=${NOTHING}` : `--wait-infra-period=${PATIENCE}`;
}

/** Its own files and its machine's metadata tell CAPA nothing either. */
function awsVariables(aws: AwsAccess | undefined): ProcessSpec["env"] {
  const nothing = {
    ...withoutAws(),
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: "true",
  };
  if (aws === undefined) return nothing;
  return {
    ...nothing,
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_ACCESS_KEY_ID: aws.accessKeyId,
    AWS_SECRET_ACCESS_KEY: aws.secretAccessKey,
    AWS_SESSION_TOKEN: aws.sessionToken,
  };
}
