import { createPrivateKey, generateKeyPairSync, randomBytes, X509Certificate } from "node:crypto";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { environmentGroup } from "../../fleet/environments/rights";
import { type SandboxPaths } from "../layout";
import { type Access } from "./api";

const DAY = 24 * 3600 * 1000;

/** A user of the API server, and the group that gives it rights. */
interface User {
  readonly name: string;
  readonly group: string;
}

const ADMINISTRATOR: User = { name: "sandbox-admin", group: "system:masters" };

/** Who a rehearsal of an environment's stack is, as an EKS access entry would make it. */
const ENVIRONMENTS: readonly User[] = ["production", "staging"].map((environment) => ({
  name: `fleet-${environment}`,
  group: environmentGroup(environment),
}));

/** Files in `pki/`. The API server issues its serving certificate itself at its first start, valid for a year. */
export interface CredentialFiles {
  /** A token for each user, the administrator's first, as a kube-apiserver token file. */
  readonly tokens: string;
  readonly serviceAccountKey: string;
  /** Where the API server keeps certificate and key, `apiserver.crt` and `apiserver.key`. */
  readonly servingFolder: string;
  /** Where the webhook servers look for the same pair, `tls.crt` and `tls.key`. */
  readonly webhookFolder: string;
}

export function credentialFiles(paths: SandboxPaths): CredentialFiles {
  const at = (name: string) => path.join(paths.pki, name);
  return {
    tokens: at("tokens.csv"),
    serviceAccountKey: at("service-account.key"),
    servingFolder: at("serving"),
    webhookFolder: at("webhook"),
  };
}

/**
 * Makes token and service account key where they are missing, and drops a serving certificate that is not for this
 * address or ends within a week.
 * @returns Whether a certificate was dropped: then the processes that loaded it must be restarted.
 */
export function prepareCredentials(paths: SandboxPaths, address: string): boolean {
  const files = credentialFiles(paths);
  mkdirSync(paths.pki, { recursive: true, mode: 0o700 });
  if (!existsSync(files.tokens)) {
    writeSecret(files.tokens, [ADMINISTRATOR, ...ENVIRONMENTS].map(newUser).join(""));
  }
  if (!existsSync(files.serviceAccountKey)) {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    writeSecret(files.serviceAccountKey, privateKey.export({ type: "pkcs8", format: "pem" }).toString());
  }
  if (!existsSync(files.servingFolder) || isFit(files.servingFolder, address)) return false;
  rmSync(files.servingFolder, { recursive: true, force: true });
  return true;
}

function newUser({ name, group }: User): string {
  return `${randomBytes(24).toString("hex")},${name},${name},${group}\n`;
}

function isFit(folder: string, address: string): boolean {
  try {
    const certificate = new X509Certificate(readFileSync(path.join(folder, "apiserver.crt")));
    const key = createPrivateKey(readFileSync(path.join(folder, "apiserver.key")));
    return (
      certificate.checkPrivateKey(key) &&
      certificate.checkIP(address) !== undefined &&
      Date.parse(certificate.validTo) > Date.now() + 7 * DAY
    );
  } catch {
    return false; // half written by a process that was killed
  }
}

/** Reads what the running API server issued; hands the certificate to the webhook servers and writes the kubeconfig. */
export function publishCredentials(paths: SandboxPaths, url: string): Access {
  const files = credentialFiles(paths);
  const certificate = path.join(files.servingFolder, "apiserver.crt");
  mkdirSync(files.webhookFolder, { recursive: true, mode: 0o700 });
  copyFileSync(certificate, path.join(files.webhookFolder, "tls.crt"));
  copyFileSync(path.join(files.servingFolder, "apiserver.key"), path.join(files.webhookFolder, "tls.key"));
  const access = { url, ca: authorityOf(readFileSync(certificate, "utf8")), token: readToken(files) };
  writeSecret(paths.kubeconfig, kubeconfig(access));
  return access;
}

function authorityOf(chain: string): string {
  const certificates = chain.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/g) ?? [];
  const authority = certificates.at(-1);
  if (certificates.length !== 2 || authority === undefined) {
    throw new Error("the API server's certificate file does not hold a certificate and its authority");
  }
  return authority;
}

function readToken(files: CredentialFiles): string {
  return readFileSync(files.tokens, "utf8").split(",")[0] ?? "";
}

function kubeconfig(access: Access): string {
  return `apiVersion: v1
kind: Config
current-context: sandbox
contexts:
  - name: sandbox
    context: { cluster: sandbox, user: sandbox-admin }
clusters:
  - name: sandbox
    cluster:
      server: ${access.url}
      certificate-authority-data: ${Buffer.from(access.ca).toString("base64")}
users:
  - name: sandbox-admin
    user: { token: ${access.token} }
`;
}

function writeSecret(file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600 });
  chmodSync(file, 0o600);
}
