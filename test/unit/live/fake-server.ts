import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";

import { KubeConfig } from "@kubernetes/client-node";

interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
}

/** An API server that knows the answers to some paths, and no other path. */
export class FakeServer {
  asked: Asked[] = [];
  /** By path: the statuses with which its next patches are refused. */
  refusals: Readonly<Record<string, number[]>> = {};
  private known: Readonly<Record<string, object>> = {};
  private readonly server: Server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      const url = new URL(request.url ?? "", "http://server");
      this.asked.push({ method: request.method ?? "", url, body });
      const refusal = request.method === "PATCH" ? this.refusals[url.pathname]?.shift() : undefined;
      const answer = this.known[url.pathname];
      const status = refusal ?? (answer === undefined ? 404 : 200);
      response.writeHead(status, { "Content-Type": "application/json" });
      response.end(JSON.stringify(status === 200 ? answer : { kind: "Status", code: status }));
    });
  });

  /** By path. Forgets what was asked before. */
  set answers(answers: Readonly<Record<string, object>>) {
    this.known = answers;
    this.asked = [];
    this.refusals = {};
  }

  get kubeconfig(): KubeConfig {
    const kubeconfig = new KubeConfig();
    const { port } = this.server.address() as AddressInfo;
    const cluster = { name: "c", server: `http://127.0.0.1:${port}`, skipTLSVerify: true };
    kubeconfig.loadFromClusterAndUser(cluster, { name: "u" });
    return kubeconfig;
  }

  patches(): unknown[] {
    return this.asked.flatMap(({ method, body }) => (method === "PATCH" ? [JSON.parse(body)] : []));
  }

  start(): Promise<void> {
    return new Promise((resolve) => this.server.listen(0, "127.0.0.1", resolve));
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }
}

/** A list as an API server answers it. */
export function list(...items: object[]) {
  return { items, metadata: {} };
}
