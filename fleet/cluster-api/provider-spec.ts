import { type Provider } from "./providers";

/** How a provider is to run. */
export interface ProviderSettings {
  /** With a v. */
  readonly version: string;
  /** Gates of all providers; each gets those that it knows. */
  readonly gates: Readonly<Record<string, boolean>>;
  /** Flags of its controller, without dashes. */
  readonly flags: Readonly<Record<string, string>>;
}

/** One works, by leader election; the other takes over, and answers webhooks, without which nothing can be written. */
const REPLICAS = 2;

/**
 * Asked for, never limited: a pod without a request is the first to be evicted, and a stalled controller stalls all
 * clusters. Derived: what the controllers of a few clusters use; nobody has published figures for many.
 */
const RESOURCES = { requests: { cpu: "100m", memory: "256Mi" } };

/**
 * What Cluster API's operator and Turtles have in common of a provider's spec.
 *
 * Any change of it makes them remove the provider's controllers and install them again: a minute without controllers,
 * no machine is touched. Source: Cluster API operator 0.29.0, `internal/controller`.
 */
export function providerSpec({ label, gates: known }: Provider, { version, gates, flags }: ProviderSettings) {
  const own = Object.entries(gates).filter(([gate]) => known.includes(gate));
  const args = Object.entries(flags).map(([flag, value]) => [`--${flag}`, value] as const);
  return {
    version,
    ...(own.length > 0 ? { manager: { featureGates: Object.fromEntries(own) } } : {}),
    deployment: {
      replicas: REPLICAS,
      affinity: apart(label),
      containers: [
        { name: "manager", resources: RESOURCES, ...(args.length > 0 ? { args: Object.fromEntries(args) } : {}) },
      ],
    },
  };
}

/** In different zones where there is room. */
function apart(label: string) {
  return {
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          weight: 100,
          podAffinityTerm: {
            topologyKey: "topology.kubernetes.io/zone",
            labelSelector: { matchLabels: { "cluster.x-k8s.io/provider": label } },
          },
        },
      ],
    },
  };
}
