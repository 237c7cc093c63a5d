import * as assert from "node:assert/strict";

import { silencedWebhooks } from "../../../../sandbox/rehearsal/controller/webhooks";

const KIND = "ValidatingWebhookConfiguration";
const behindService = { name: "a.example.com", clientConfig: { service: { name: "a", namespace: "a" } } };
const behindAddress = { name: "b.example.com", clientConfig: { url: "https://127.1.2.3:19441/validate" } };
const never = { name: "nobody-answers", expression: "false" };

describe("admission webhooks in a rehearsal", () => {
  const configuration = (...webhooks: object[]) => ({ metadata: { name: "guard" }, webhooks }) as never;

  it("are switched off behind a Service, whose pods do not run, and stay where they have an address", () => {
    assert.deepEqual(silencedWebhooks(KIND, configuration(behindService, behindAddress)), {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: KIND,
      metadata: { name: "guard" },
      webhooks: [{ name: "a.example.com", matchConditions: [never] }],
    });
  });

  it("are left alone where none is behind a Service, or all are switched off", () => {
    assert.equal(silencedWebhooks(KIND, configuration(behindAddress)), undefined);
    assert.equal(silencedWebhooks(KIND, configuration({ ...behindService, matchConditions: [never] })), undefined);
  });
});
