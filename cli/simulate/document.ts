import { type Played } from "./play";

/** What `--json` prints; documented in docs/simulate.md. What is not known, or never comes, is null. */
export function simulationDocument({ stack, simulation, zone, assumedVersion, clusters }: Played): object {
  const { from, until, every, steps, stages, approvals, missed, support, unreached, through, soaked, gates } =
    simulation;
  return {
    stack,
    assumedVersion: assumedVersion ?? null,
    zone,
    from,
    until,
    everySeconds: every / 1000,
    clusters,
    through: through ?? null,
    soaked: soaked ?? null,
    stages: stages.map((stage) => ({
      ...stage,
      begins: stage.begins ?? null,
      through: stage.through ?? null,
      soaked: stage.soaked ?? null,
    })),
    steps: steps.map((step) => ({ ...step, end: step.end ?? null })),
    missed,
    approvals,
    gates,
    support: support.map((each) => ({ ...each, forced: each.forced ?? null, left: each.left ?? null })),
    unreached,
  };
}
