import * as assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import * as path from "node:path";

import { catalogueChart } from "../../../../fleet/charts/catalogue";
import { findChart } from "../../../../sandbox/plugins/kubernetes/helm/chart";
import { writeStandInCharts } from "../../../../sandbox/rehearsal/charts/stand-in-charts";
import { temporaryFolder } from "../temporary-folder";

describe("the stand-ins for charts", () => {
  const folder = temporaryFolder();

  it("are found for the catalogue's release, in its version and in no other", () => {
    writeStandInCharts(folder());
    writeStandInCharts(folder()); // a second rehearsal in the same place
    const { repo, version } = catalogueChart("traefik");
    assert.deepEqual(readdirSync(folder()), [`traefik-${version}`]);
    const release = { chart: "traefik", repo, version } as never;
    assert.equal(findChart(release, [folder()]), path.join(folder(), `traefik-${version}`));
    assert.equal(findChart({ chart: "traefik", repo, version: "0.0.0" } as never, [folder()]), undefined);
  });
});
