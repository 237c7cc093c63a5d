import * as assert from "node:assert/strict";
import { generateKeyPairSync, verify } from "node:crypto";

import { serviceAccountToken } from "../../../../sandbox/rehearsal/controller/service-account-token";

describe("the token of a service account's pods", () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const account = { namespace: "capa-system", name: "waiter", uid: "42" };
  const [header = "", claims = "", signature = ""] = serviceAccountToken(account, key, 1_000_000).split(".");

  it("is signed with the API server's key", () => {
    const text = Buffer.from(`${header}.${claims}`);
    assert.ok(verify("RSA-SHA256", text, publicKey, Buffer.from(signature, "base64url")));
  });

  it("names the account, and ends after ten minutes", () => {
    assert.deepEqual(JSON.parse(Buffer.from(claims, "base64url").toString()), {
      iss: "https://kubernetes.default.svc",
      aud: ["https://kubernetes.default.svc"],
      sub: "system:serviceaccount:capa-system:waiter",
      iat: 995,
      nbf: 995,
      exp: 1600,
      "kubernetes.io": { namespace: "capa-system", serviceaccount: { name: "waiter", uid: "42" } },
    });
  });
});
