import { mixedFleet } from "../engine/mixed-fleet";

describe("a fleet of 25 unlike clusters", () => {
  mixedFleet("mixed-large", 25, 120_000, true);
});
