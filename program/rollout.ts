import * as pulumi from "@pulumi/pulumi";

import { type FleetConfig } from "../fleet/config/config";
import { type FleetPlan } from "../fleet/planned";
import { type RunLimits } from "../fleet/rollout/plan";
import { reportText, rolloutReport } from "../fleet/rollout/report";
import { shownText } from "../fleet/rollout/shown";
import { decisionFile, readDecisions, writeDecisions } from "../live/decision-file";

/** `all`: no step of a rollout starts, for jobs that only look. */
const HOLD = "FLEET_HOLD";

/** The moment of this run and what limits it: an update takes no step that the preview of the same command did not show. */
export function runLimits(): RunLimits {
  const hold = process.env[HOLD] ?? "";
  if (hold !== "" && hold !== "all") {
    throw new pulumi.RunError(`${HOLD}=${hold} is not known. Write ${HOLD}=all, or unset it.`);
  }
  const file = pulumi.runtime.isDryRun() ? undefined : decisionFile(stackName(), process.env);
  const shown = file === undefined ? undefined : readDecisions(file, process.env)?.steps;
  return { now: new Date(), ...(hold === "all" ? { hold: true } : {}), ...(shown === undefined ? {} : { shown }) };
}

/** Says which clusters move and which wait, as one diagnostic; a preview leaves it for the update after it as well. */
export function tellRollout({ rollout }: FleetPlan, { upgrades }: FleetConfig, { now }: RunLimits): void {
  const report = rolloutReport(rollout, upgrades);
  if (report !== undefined) void pulumi.log.info(reportText(report, now));
  const file = pulumi.runtime.isDryRun() ? decisionFile(stackName(), process.env) : undefined;
  if (file !== undefined) writeDecisions(file, shownText(rollout, now), process.env);
}

function stackName(): string {
  return `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
}
