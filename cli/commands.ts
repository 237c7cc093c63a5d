import { type Command } from "./command";

/** The commands in the order of the help. Each is loaded when it is called for. */
export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  status: async () => (await import("./commands/status")).status,
  explain: async () => (await import("./commands/explain")).explain,
  plan: async () => (await import("./commands/plan")).plan,
  simulate: async () => (await import("./commands/simulate")).simulate,
  rollout: async () => (await import("./commands/rollout")).rollout,
  "check-preview": async () => (await import("./commands/check-preview")).checkPreview,
  cost: async () => (await import("./commands/cost")).cost,
  kubeconfig: async () => (await import("./commands/kubeconfig")).kubeconfig,
  baseline: async () => (await import("./commands/baseline")).baseline,
  network: async () => (await import("./commands/network")).network,
  versions: async () => (await import("./commands/versions")).versions,
  prune: async () => (await import("./commands/prune")).prune,
  doctor: async () => (await import("./commands/doctor")).doctor,
  completion: async () => (await import("./commands/completion")).completion,
};
