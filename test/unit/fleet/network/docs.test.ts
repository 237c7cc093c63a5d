import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { parseConfig } from "../../../../fleet/config/parse";
import { addressPlan } from "../../../../fleet/network/address-plan";
import { freeAddresses, range } from "../../../../fleet/network/ranges";
import { engineValues } from "../config/engine-values";
import { cluster, network } from "./arbitraries";

const PAGE = readFileSync(join(__dirname, "../../../../docs/network.md"), "utf8");
const BLOCKS = [...PAGE.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = ""]) => text);
const MANAGEMENT = `config:
  cluster-fleet:environment: production
  cluster-fleet:management: { kind: stack, stack: organization/cluster-fleet/management }
`;

describe("docs/network.md", () => {
  it("shows a stack file that can be used, with the ranges of its picture", () => {
    const { network, clusters } = parseConfig(engineValues(BLOCKS[0] ?? "", "").raw);
    const { vpc, pods, services } = addressPlan(network, clusters).get("prod-us-west-2")!;
    for (const shown of [vpc, pods, services]) assert.ok(PAGE.includes(shown), shown);
  });

  it("shows ways that a stack file may ask for", () => {
    const ways = BLOCKS.slice(1);
    assert.equal(ways.length, 4);
    for (const text of ways) {
      const indented = text.replace(/^/gm, "  ").trimEnd();
      assert.doesNotThrow(() => parseConfig(engineValues(`${MANAGEMENT}${indented}\n`, "").raw), text);
    }
  });

  for (const [clusterSize, column] of [
    [16, 2],
    [19, 3],
  ] as const) {
    it(`divides a block of /${clusterSize} as the plan does`, () => {
      const plan = addressPlan(network({ "us-west-2": { range: "10.32.0.0/12", clusterSize } }), {
        a: cluster({ slot: 0 }),
      });
      const { vpc, pods, services, subnets } = plan.get("a")!;
      const prefix = (text: string) => `/${range(text).prefix}`;
      const room = (text: string) => `${prefix(text)}, ${freeAddresses(range(text)).toLocaleString("en-US")} addresses`;
      const rows = PAGE.split("\n").filter((line) => /^\| (first half|- of it|third|fourth)/.test(line));
      assert.deepEqual(
        rows.map((row) => row.split("|")[column + 1]?.trim()),
        [prefix(vpc), room(subnets[0]!.nodes), room(subnets[0]!.public), prefix(pods), prefix(services)],
      );
    });
  }
});
