import { spanText } from "../../fleet/rollout/time/spans";
import { counted } from "../../fleet/words";
import { type CalendarEntry, calendarEntries } from "./calendar";
import { chart } from "./chart";
import { type Html, html } from "./html";
import { PAGE_STYLE } from "./page-style";
import { type Played } from "./play";
import { missedOften, momentText, spanOf, windowText } from "./texts";
import { assumptions, outcome, warnings } from "./words";

/** A simulation as one web page that needs nothing else: no script, no network. */
export function page(played: Played): string {
  const { stack, simulation, zone } = played;
  const { every, from } = simulation;
  const style: Html = { html: PAGE_STYLE };
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>Rollout of ${stack}, simulated</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <h1>Rollout of ${stack}, simulated</h1>
        ${outcome(played).map((text) => html`<p class="outcome">${text}</p>`)}
        <p class="soft">Times are ${zone}; a run every ${spanText(every)} from ${momentText(from, zone)} on.</p>
        ${assumptions(played).map((text) => html`<p class="soft">${text}</p>`)} ${warningBox(played)}
        <h2>Stages</h2>
        ${stageTable(played)}
        <h2>Calendar</h2>
        ${chart(played)}
        <h2>Day by day</h2>
        ${dayTable(played)} ${missedTable(played)}
      </body>
    </html> `.html;
}

function warningBox(played: Played): Html {
  const texts = warnings(played);
  return texts.length === 0 ? html`` : html`<div class="warnings">${texts.map((text) => html`<p>${text}</p>`)}</div>`;
}

/** Revisions are a real run's only where what lives was looked at. */
function stageTable({ simulation: { stages }, zone, assumedVersion }: Played): Html {
  const rows = stages.map(({ name, revision, clusters, done, failed, halted, begins, through, soaked }) => [
    html`${name}`,
    html`${clusters}`,
    html`${begins === undefined ? "-" : momentText(begins, zone)}`,
    through === undefined
      ? html`<span class="failed-text">${halted ? "halted" : "never"}</span>`
      : html`${begins === undefined ? "before" : momentText(through, zone)}`,
    html`${soaked === undefined ? "-" : begins === undefined ? "before" : momentText(soaked, zone)}`,
    html`${done} done${failed > 0 ? `, ${failed} failed` : ""}`,
    ...(assumedVersion === undefined ? [html`${revision}`] : []),
  ]);
  return table(
    [
      "Stage",
      "Clusters",
      "Begins",
      "Through",
      "Soaked",
      "In the end",
      ...(assumedVersion === undefined ? ["Revision"] : []),
    ],
    rows,
  );
}

function dayTable(played: Played): Html {
  const rows = calendarEntries(played).map((entry) => [
    html`${entry.day}`,
    html`${windowCell(entry, played.zone)}`,
    html`${entry.stage}`,
    html`${entry.what}`,
    clustersCell(entry),
  ]);
  return rows.length === 0 ? html`<p>Nothing moves.</p>` : table(["Day", "Window", "Stage", "Step", "Clusters"], rows);
}

function windowCell({ opening }: CalendarEntry, zone: string): string {
  return opening === undefined ? "-" : spanOf(new Date(opening.from), new Date(opening.to), zone);
}

function clustersCell({ clusters, failed }: CalendarEntry): Html {
  const fails = failed.length === 0 ? html`` : html` <span class="failed-text">fails: ${failed.join(", ")}</span>`;
  return html`${folded(clusters)}${fails}`;
}

/** All names, behind their number where they are many. */
function folded(names: readonly string[]): Html {
  return names.length <= 3
    ? html`${names.join(", ")}`
    : html`<details>
        <summary>${counted(names.length, "cluster")}</summary>
        ${names.join(", ")}
      </details>`;
}

function missedTable({ simulation, upgrades, zone }: Played): Html {
  const often = missedOften(simulation.missed);
  if (often.length === 0) return html``;
  const rows = often.map(({ window, stage, reason, openings, first, last, clusters }) => {
    const rule = upgrades.windows[window];
    return [
      html`${rule === undefined ? "" : windowText(rule)}`,
      html`${stage}`,
      html`${momentText(first, zone)}${openings === 1 ? "" : ` to ${momentText(last, zone)}, ${openings} times`}`,
      html`${reason}`,
      folded(clusters),
    ];
  });
  return html`<h2>Missed windows</h2>
    <p class="soft">
      Openings in which clusters that nothing else kept back did not start; the most clusters in one of them.
    </p>
    ${table(["Window", "Stage", "Opens", "Why", "Clusters"], rows)}`;
}

function table(head: readonly string[], rows: readonly (readonly Html[])[]): Html {
  const cells = (row: readonly Html[]) =>
    row.map((cell, index) => html`<td data-of="${head[index] ?? ""}">${cell}</td>`);
  return html`<table>
    <thead>
      <tr>
        ${head.map((title) => html`<th>${title}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${cells(row)}
          </tr> `,
      )}
    </tbody>
  </table>`;
}
