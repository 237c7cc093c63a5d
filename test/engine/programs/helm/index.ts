import { Namespace } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";

import { ManagementCluster } from "../../../../components";
import { type ChartArgs, helmRelease } from "../../../../components/charts";

interface Settings extends ChartArgs {
  readonly namespace: string;
  readonly password: string;
  readonly atomic?: boolean;
}

const config = new pulumi.Config("cluster-fleet");
const { name, path } = config.requireObject<{ name: string; path: string }>("management");
const { namespace, password, atomic, ...chart } = config.requireObject<Settings>("release");
const { provider } = new ManagementCluster("management", { managementName: name, kubeconfigPath: path });

const place = new Namespace("namespace", { metadata: { name: namespace } }, { provider });
export const status = helmRelease(
  "release",
  chart,
  {
    namespace: place.metadata.name,
    releaseName: "demo",
    values: { greeting: "hello", password: pulumi.secret(password) },
    timeoutSeconds: 60,
    ...(atomic === undefined ? {} : { atomic }),
  },
  { provider },
).status.status;
