import { SandboxProblem } from "../problem";
import { type PortProbe, probePort } from "./address";
import { type ProcessName } from "./names";

/** The listeners of each process, with the port that we like best. The provider's own ports are not ours to choose. */
const PREFERRED = {
  etcd: { "etcd-client": 12379, "etcd-peer": 12380 },
  "kube-apiserver": { "kube-apiserver": 16443 },
  "kube-controller-manager": { "kube-controller-manager": 10257 },
  "capi-core": { "capi-core-webhook": 19441, "capi-core-health": 19442, "capi-core-diagnostics": 19443 },
  "capi-kubeadm-bootstrap": {
    "capi-kubeadm-bootstrap-webhook": 19451,
    "capi-kubeadm-bootstrap-health": 19452,
    "capi-kubeadm-bootstrap-diagnostics": 19453,
  },
  "capi-kubeadm-control-plane": {
    "capi-kubeadm-control-plane-webhook": 19461,
    "capi-kubeadm-control-plane-health": 19462,
    "capi-kubeadm-control-plane-diagnostics": 19463,
  },
  "capi-dev": { "capi-dev-webhook": 19471, "capi-dev-health": 19472, "capi-dev-diagnostics": 19473 },
  capa: { "capa-webhook": 19481, "capa-health": 19482, "capa-diagnostics": 19483 },
} as const satisfies Record<ProcessName, Record<string, number>>;

type KeysOfUnion<T> = T extends unknown ? keyof T : never;
export type PortName = KeysOfUnion<(typeof PREFERRED)[ProcessName]>;
export type Ports = Readonly<Record<PortName, number>>;

const STEP = 100;
const TRIES = 30;

/**
 * A port for each listener: the one it had, else the preferred one, else the next free one in steps of 100.
 * @param had Ports of an earlier start.
 * @param running Processes that listen already: their ports stay as they are.
 */
export async function choosePorts(
  address: string,
  had: Partial<Ports> = {},
  running: ReadonlySet<ProcessName> = new Set(),
  probe: PortProbe = probePort,
): Promise<Ports> {
  const chosen = new Map<PortName, number>();
  for (const [process, preferred] of Object.entries(PREFERRED) as [ProcessName, Record<PortName, number>][]) {
    for (const [name, best] of Object.entries(preferred) as [PortName, number][]) {
      const before = had[name];
      const keep = before !== undefined && running.has(process);
      const taken = new Set(chosen.values());
      chosen.set(name, keep ? before : await freePort(name, address, before ?? best, taken, probe));
    }
  }
  return Object.fromEntries(chosen) as Ports;
}

async function freePort(
  name: PortName,
  address: string,
  first: number,
  chosen: ReadonlySet<number>,
  probe: PortProbe,
): Promise<number> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const port = first + attempt * STEP;
    if (!chosen.has(port) && (await probe(address, port)) === "free") return port;
  }
  throw new SandboxProblem(
    `No free port for ${name} on ${address}: ${TRIES} ports from ${first} in steps of ${STEP} are taken. ` +
      "Stop what listens there.",
  );
}
