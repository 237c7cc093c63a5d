import { type Observed } from "../fleet/observed";
import { connect, listAll } from "../live/management-client";
import { observe } from "../live/observe";
import { type Report } from "../sandbox/report";
import { type TemporarySandbox } from "../sandbox/temporary";
import { repeated } from "./in-process";
import { makeObservedFleet } from "./observed-fleet";
import { type Template } from "./size";

const CORE = { group: "cluster.x-k8s.io", version: "v1beta2" };
const KINDS = [
  ...["clusters", "clusterclasses", "machinedeployments", "machinesets", "machinepools"].map((plural) => ({
    ...CORE,
    plural,
  })),
  { group: "controlplane.cluster.x-k8s.io", version: "v1beta2", plural: "kubeadmcontrolplanes" },
  { group: "addons.cluster.x-k8s.io", version: "v1beta2", plural: "clusterresourcesetbindings" },
  { group: "addons.cluster.x-k8s.io", version: "v1alpha1", plural: "helmchartproxies" },
];

/** Seconds of looks at a fleet with all that belongs to its clusters. */
export interface ObservationTimes {
  readonly clusters: number;
  /** Our look. */
  readonly ours: readonly number[];
  /** The same objects, listed one kind after the other and left as they are. */
  readonly bare: readonly number[];
}

/** The two take turns, so that a change of the machine's load meets both. */
export async function measureObservation(
  sandbox: TemporarySandbox,
  report: Report,
  clusters: number,
  repetitions: number,
  template: Template,
): Promise<ObservationTimes> {
  const step = report.step(`A look at ${clusters} clusters with all that belongs to them`);
  try {
    const namespace = `observed-${clusters}`;
    await makeObservedFleet(sandbox, step, namespace, clusters, template);
    const source = { path: sandbox.paths.kubeconfig };
    const kubeconfig = await connect(source);
    const [ours, bare]: [number[], number[]] = [[], []];
    for (let time = 0; time < repetitions; time++) {
      step.update(`round ${time + 1}`);
      ours.push(...(await repeated(1, async () => assertWhole(await observe({ source, namespace }), clusters))));
      bare.push(
        ...(await repeated(1, async () => {
          for (const kind of KINDS) await listAll(kubeconfig, kind, namespace);
        })),
      );
    }
    step.done("measured");
    return { clusters, ours, bare };
  } catch (error) {
    step.abandon();
    throw error;
  }
}

/** A look that misses something is no look at the fleet. */
function assertWhole({ clusters, addOns = [] }: Observed, count: number): void {
  const whole = clusters.filter(({ nodeGroups, bases }) => nodeGroups !== undefined && bases !== undefined);
  if (whole.length === count && addOns.length > 0) return;
  throw new Error(
    `saw ${whole.length} of ${count} clusters with all that belongs to them, and ${addOns.length} add-ons`,
  );
}
