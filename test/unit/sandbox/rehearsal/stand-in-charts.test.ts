import * as assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import * as path from "node:path";

import { catalogueChart } from "../../../../fleet/charts/catalogue";
import { findChart } from "../../../../sandbox/plugins/kubernetes/helm/chart";
import { standInCharts } from "../../../../sandbox/rehearsal/charts/stand-in-charts";
import { temporaryFolder } from "../temporary-folder";

describe("the stand-ins for charts", () => {
  const folder = temporaryFolder();

  it("are found for the catalogue's release, in its version and in no other", () => {
    const charts = standInCharts({ config: folder() });
    assert.equal(standInCharts({ config: folder() }), charts);
    const { repo, version } = catalogueChart("traefik");
    assert.deepEqual(readdirSync(charts), [`traefik-${version}`]);
    const release = { chart: "traefik", repo, version } as never;
    assert.equal(findChart(release, [charts]), path.join(charts, `traefik-${version}`));
    assert.equal(findChart({ chart: "traefik", repo, version: "0.0.0" } as never, [charts]), undefined);
  });
});
