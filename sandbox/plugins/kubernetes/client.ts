import * as http from "node:http";
import * as https from "node:https";
import { type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { KubeConfig } from "@kubernetes/client-node/dist/config.js";
import { isObject, type Json, type JsonObject, stringAt } from "../grpc/json";

/** How long a connection may take, in milliseconds. */
const CONNECT_TIMEOUT = 5000;

/** How long an answer may take, in milliseconds: admission webhooks may take 30 seconds each. */
const ANSWER_TIMEOUT = 90_000;

/** How often a request is sent again when the server is busy. */
const BUSY_RETRIES = 5;

/** The API server answered with an error. */
export class ApiError extends Error {
  constructor(
    message: string,
    /** HTTP status. */
    readonly code: number,
    /** Machine-readable reason, e.g. `NotFound`. */
    readonly reason: string,
    /** The resource that the error is about, e.g. `namespaces`. */
    readonly about: string,
  ) {
    super(message);
  }
}

/** The API server did not answer. */
export class Unreachable extends Error {}

export interface RequestOptions {
  query?: Record<string, string>;
  body?: Json;
  /** Default: `application/json`. */
  contentType?: string;
  /** Receives the warnings that the API server sends with its answer. */
  onWarning?: (text: string) => void;
}

/** The Kubernetes API as JSON over HTTPS, with the credentials of a kubeconfig. */
export interface Api {
  /** @throws {@link ApiError} for an error answer, {@link Unreachable} without an answer */
  request(method: string, path: string, options?: RequestOptions): Promise<JsonObject>;
}

export class KubernetesClient implements Api {
  private agent: { key: string; agent: https.Agent } | undefined;

  constructor(private readonly config: KubeConfig) {}

  async request(method: string, path: string, options: RequestOptions = {}): Promise<JsonObject> {
    for (let attempt = 0; ; attempt++) {
      const answer = await this.send(method, path, options);
      if ((answer.code === 429 || answer.code === 503) && attempt < BUSY_RETRIES && answer.retryAfter > 0) {
        await delay(answer.retryAfter * 1000);
        continue;
      }
      warningTexts(answer.warnings).forEach((text) => options.onWarning?.(text));
      if (answer.code >= 400) throw asApiError(answer);
      return isObject(answer.body) ? answer.body : {};
    }
  }

  private async send(method: string, path: string, options: RequestOptions): Promise<Answer> {
    const server = this.config.getCurrentCluster()?.server ?? "";
    const url = new URL(server.replace(/\/$/, "") + path);
    for (const [key, value] of Object.entries(options.query ?? {})) url.searchParams.set(key, value);
    const connection = await this.connection(server);
    const headers = { ...connection.headers, accept: "application/json" };
    const body = options.body === undefined ? undefined : JSON.stringify(options.body);
    const withBody =
      body === undefined
        ? {}
        : { "content-type": options.contentType ?? "application/json", "content-length": Buffer.byteLength(body) };
    const request = { ...connection, method, headers: { ...headers, ...withBody } };
    try {
      return await exchange(url, request, body);
    } catch (error) {
      // The server closes idle connections; a request that met one may be sent again, unless it creates something.
      if (isStale(error) && method !== "POST") return await exchange(url, request, body);
      throw asUnreachable(error, server);
    }
  }

  // Asked for every request: tokens and certificates of credential plugins change while the provider runs.
  private async connection(server: string): Promise<https.RequestOptions> {
    const options: https.RequestOptions = {};
    try {
      await this.config.applyToHTTPSOptions(options);
    } catch (error) {
      throw asUnreachable(error, server);
    }
    if (this.config.getCurrentCluster()?.proxyUrl || !server.startsWith("https:")) return options;
    const { ca, cert, key, pfx, passphrase, rejectUnauthorized, servername } = options;
    const tls = { ca, cert, key, pfx, passphrase, rejectUnauthorized, servername };
    const identity = [cert, key].map(String).join("\n");
    if (this.agent?.key !== identity) {
      this.agent = { key: identity, agent: new https.Agent({ ...tls, keepAlive: true, maxSockets: 64 }) };
    }
    return { ...options, agent: this.agent.agent };
  }
}

interface Answer {
  code: number;
  /** Seconds; 0 if the server says none. */
  retryAfter: number;
  warnings: string;
  body: Json;
}

function exchange(url: URL, options: https.RequestOptions, body: string | undefined): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const module = url.protocol === "http:" ? http : https;
    const request = module.request(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        resolve({
          code: response.statusCode ?? 0,
          retryAfter: Number(response.headers["retry-after"] ?? 0) || 0,
          warnings: String(response.headers["warning"] ?? ""),
          body: asJson(Buffer.concat(chunks).toString("utf8")),
        });
      });
    });
    request.on("error", (error) => reject(Object.assign(error, { reused: request.reusedSocket })));
    request.on("socket", (socket) => limitConnect(socket, url.protocol, request));
    request.setTimeout(ANSWER_TIMEOUT, () => request.destroy(new Error("no answer after 90 seconds")));
    request.end(body);
  });
}

function limitConnect(socket: Socket, protocol: string, request: http.ClientRequest): void {
  if (!socket.connecting) return;
  const timer = setTimeout(() => request.destroy(new Error("no connection after 5 seconds")), CONNECT_TIMEOUT);
  const stop = () => clearTimeout(timer);
  socket.once(protocol === "http:" ? "connect" : "secureConnect", stop).once("close", stop);
}

function isStale(error: unknown): boolean {
  const { reused, code } = error as { reused?: boolean; code?: string };
  return reused === true && (code === "ECONNRESET" || code === "EPIPE");
}

function asUnreachable(error: unknown, server: string): Unreachable {
  if (error instanceof Unreachable) return error;
  // Connecting to several addresses fails with an error that has only inner ones.
  const { message, code } = error as { message?: string; code?: string };
  const reason = message || code || String(error);
  return new Unreachable(`configured Kubernetes cluster is unreachable: ${server}: ${reason}`);
}

function asApiError({ body, code }: Answer): ApiError {
  const message = stringAt(body, "message") || (typeof body === "string" ? body : "") || `HTTP status ${String(code)}`;
  return new ApiError(message, code, stringAt(body, "reason"), stringAt(body, "details", "kind"));
}

function asJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** The texts in a `Warning` header: `299 - "text", 299 - "text"`. */
export function warningTexts(header: string): string[] {
  return [...header.matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text = ""]) => text.replace(/\\(.)/g, "$1"));
}
