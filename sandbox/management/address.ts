import { createHash } from "node:crypto";
import * as net from "node:net";
import { SandboxProblem } from "../problem";

/**
 * The in-memory infrastructure provider cannot be told other ports than these: one for its debug page, then one per
 * workload cluster upwards (20000-30000). So two sandboxes on one machine need an address each.
 */
export const PROVIDER_PORTS = [19000, ...Array.from({ length: 20 }, (_, index) => 20000 + index)];

const FALLBACK = "127.0.0.1";
const ATTEMPTS = 8;

/** Whether a TCP port of an address can be listened on; a seam for tests. */
export type PortProbe = (address: string, port: number) => Promise<"free" | "taken" | "no such address">;

/**
 * The loopback address that a sandbox folder lives on: its own where the operating system has the whole of 127.0.0.0/8
 * (Linux), else 127.0.0.1 (macOS), where one sandbox fits at a time.
 * @throws SandboxProblem if the provider's ports are taken wherever we may go.
 */
export async function chooseAddress(root: string, probe: PortProbe = probePort): Promise<string> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const address = candidate(root, attempt);
    const taken = await takenPort(address, probe);
    if (taken === undefined) return address;
    if (taken === "no such address") break;
  }
  const taken = await takenPort(FALLBACK, probe);
  if (taken === undefined) return FALLBACK;
  throw new SandboxProblem(
    `Port ${taken} on ${FALLBACK} is taken. The in-memory Cluster API provider needs ports 19000 and 20000-30000, and ` +
      `this machine offers no other loopback address. Stop what listens there: if it is another sandbox, run ` +
      "`npm run sandbox down` in its folder.",
  );
}

/** Addresses in 127.64.0.0 - 127.127.255.255: far from 127.0.x.y, which name services of the system use. */
export function candidate(root: string, attempt: number): string {
  const hash = createHash("sha256").update(`${root}#${attempt}`).digest();
  const [a, b, c] = [hash.readUInt8(0), hash.readUInt8(1), hash.readUInt8(2)];
  return `127.${64 + (a % 64)}.${b}.${1 + (c % 254)}`;
}

async function takenPort(address: string, probe: PortProbe): Promise<number | "no such address" | undefined> {
  for (const port of PROVIDER_PORTS) {
    const answer = await probe(address, port);
    if (answer === "no such address") return answer;
    if (answer === "taken") return port;
  }
  return undefined;
}

export const probePort: PortProbe = (address, port) =>
  new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve("taken");
      else if (error.code === "EADDRNOTAVAIL") resolve("no such address");
      else reject(error);
    });
    server.listen({ host: address, port, exclusive: true }, () => server.close(() => resolve("free")));
  });
