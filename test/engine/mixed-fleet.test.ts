import { mixedFleet } from "./mixed-fleet";

describe("a fleet of three unlike clusters", function () {
  this.timeout(400_000);
  mixedFleet("mixed", 3, 5_000);
});
