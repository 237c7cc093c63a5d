import assert from "node:assert/strict";
import { parse } from "yaml";

import { eksKubeconfig } from "../../../../fleet/management/kubeconfig";

describe("the kubeconfig of a management cluster", () => {
  const kubeconfig = eksKubeconfig({
    name: "fleet",
    region: "us-west-2",
    endpoint: "https://0123456789ABCDEF.gr7.us-west-2.eks.amazonaws.com",
    certificateAuthority: "LS0tLS1CRUdJTg==",
  });

  it("asks AWS for a token each time, and holds no credential", () => {
    assert.deepEqual(parse(kubeconfig), {
      apiVersion: "v1",
      kind: "Config",
      "current-context": "fleet",
      clusters: [
        {
          name: "fleet",
          cluster: {
            server: "https://0123456789ABCDEF.gr7.us-west-2.eks.amazonaws.com",
            "certificate-authority-data": "LS0tLS1CRUdJTg==",
          },
        },
      ],
      contexts: [{ name: "fleet", context: { cluster: "fleet", user: "fleet" } }],
      users: [
        {
          name: "fleet",
          user: {
            exec: {
              apiVersion: "client.authentication.k8s.io/v1beta1",
              command: "aws",
              args: ["eks", "get-token", "--cluster-name", "fleet", "--region", "us-west-2", "--output", "json"],
              interactiveMode: "Never",
            },
          },
        },
      ],
    });
  });
});
