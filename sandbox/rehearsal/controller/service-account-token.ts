import { sign } from "node:crypto";

const ISSUER = "https://kubernetes.default.svc";
const LIFETIME_SECONDS = 600;
/** Clocks of one machine, but times are whole seconds. */
const SLACK_SECONDS = 5;

export interface ServiceAccountIdentity {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

/**
 * The token that a pod of a service account would have, so that what the pod would do is done with its rights.
 * @param key Private key, PEM, RSA.
 * @param now Milliseconds.
 */
export function serviceAccountToken(account: ServiceAccountIdentity, key: string, now: number): string {
  const { namespace, name, uid } = account;
  const seconds = Math.floor(now / 1000);
  const claims = {
    iss: ISSUER,
    aud: [ISSUER],
    sub: `system:serviceaccount:${namespace}:${name}`,
    iat: seconds - SLACK_SECONDS,
    nbf: seconds - SLACK_SECONDS,
    exp: seconds + LIFETIME_SECONDS,
    "kubernetes.io": { namespace, serviceaccount: { name, uid } },
  };
  const text = `${encoded({ alg: "RS256", typ: "JWT" })}.${encoded(claims)}`;
  return `${text}.${sign("RSA-SHA256", Buffer.from(text), key).toString("base64url")}`;
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}
