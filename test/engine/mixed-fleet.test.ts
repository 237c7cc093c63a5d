import { mixedFleet } from "./mixed-fleet";

describe("a fleet of three unlike clusters", function () {
  this.timeout(400_000);
  // class-revisions.test.ts moves a cluster to another class.
  mixedFleet("mixed", 3, 5_000, false);
});
