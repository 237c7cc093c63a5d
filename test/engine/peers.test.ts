import { assertSays, cluster, failed, fleetConfig, inOrder, settled, succeeded } from "./fleets";
import { withSandbox } from "./harness";

const FIRST = "goes-first";
const AHEAD = "clusters.eager.version: is ahead of goes-first, which runs v1.35.2 at most (got v1.36.1).";

describe("an environment with peers", function () {
  this.timeout(180_000);
  inOrder();
  const sandbox = withSandbox();

  const preview = (environment: string, version: string, peer: object) =>
    sandbox()
      .stack(
        environment,
        fleetConfig(environment, { eager: { ...cluster(), version } }, { "cluster-fleet:peers": [peer] }),
      )
      .preview();

  before(async () => {
    succeeded(
      await sandbox()
        .stack(FIRST, fleetConfig(FIRST, { one: { ...cluster(), version: "v1.35.2" } }))
        .up(),
    );
    await settled(sandbox(), FIRST, ["one"]);
  });

  it("may not run a minor that the peer does not run, as observed on the management cluster", async () => {
    assertSays(failed(await preview("ahead", "v1.36.1", { environment: FIRST })), AHEAD);
  });

  it("may run what the peer runs", async () => {
    succeeded(await preview("equal", "v1.35.2", { environment: FIRST }));
  });

  it("may not run a minor that the peer does not run, as its stack says", async () => {
    const peer = { environment: FIRST, stack: `organization/cluster-fleet/${FIRST}` };
    assertSays(failed(await preview("referring", "v1.36.1", peer)), AHEAD);
  });

  it("is refused where the peer's stack does not say what it runs", async () => {
    const peer = { environment: FIRST, stack: "organization/cluster-fleet/nowhere" };
    assertSays(failed(await preview("lost", "v1.35.2", peer)), "nowhere");
  });
});
