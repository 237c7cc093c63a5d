/** Worker classes of every class on AWS: how machines are paid for, and for which processors their image is made. */
export const WORKER_CLASSES = [
  { name: "on-demand", capacity: "on-demand", architecture: "amd64" },
  { name: "spot", capacity: "spot", architecture: "amd64" },
  { name: "graviton", capacity: "on-demand", architecture: "arm64" },
  { name: "graviton-spot", capacity: "spot", architecture: "arm64" },
] as const;

export type WorkerClass = (typeof WORKER_CLASSES)[number];
export type Architecture = WorkerClass["architecture"];
export type Capacity = WorkerClass["capacity"];

/** The worker class of a pool, by the name that machine deployments give it. */
export function workerClassName(capacity: Capacity, architecture: Architecture): WorkerClass["name"] {
  const found = WORKER_CLASSES.find((each) => each.capacity === capacity && each.architecture === architecture);
  return (found ?? WORKER_CLASSES[0]).name;
}
