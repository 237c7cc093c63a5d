import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";

import { loadBalancerName } from "../../../components/rancher/dns";

describe("the load balancer's name", () => {
  it("is what AWS gave the Service", () => {
    assert.equal(
      loadBalancerName({ loadBalancer: { ingress: [{ hostname: "a.example.com" }] } } as never),
      "a.example.com",
    );
  });

  for (const status of [undefined, {}, { loadBalancer: {} }, { loadBalancer: { ingress: [] } }]) {
    it(`is missed, with where to look, in ${JSON.stringify(status)}`, () => {
      assert.throws(
        () => loadBalancerName(status as never),
        new pulumi.RunError(
          "rancher.dnsZone: AWS has given the load balancer of traefik/traefik no name yet. See why with kubectl --namespace " +
            "traefik describe service traefik (the AWS Load Balancer Controller must run), then run pulumi up again.",
        ),
      );
    });
  }
});
