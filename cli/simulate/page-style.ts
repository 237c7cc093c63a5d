/** The page's own style; it follows the reader's choice of light or dark. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --label: 11rem;
  --ground: #fff; --text: #1b1f24; --soft: #59636e; --line: #d8dee4; --panel: #f6f8fa;
  --window: #cfe6d6; --freeze: #9ec5f5; --step: #0b6bcb; --nodes: #7b4fc9; --made: #1a7f37; --failed: #cf222e;
  --soak: #f0d58a; --ends: #cf222e; }
@media (prefers-color-scheme: dark) { :root {
  --ground: #0d1117; --text: #e6edf3; --soft: #9198a1; --line: #30363d; --panel: #161b22;
  --window: #1d3a2a; --freeze: #1f4a80; --step: #4aa3ff; --nodes: #b392f0; --made: #3fb950; --failed: #ff6b61;
  --soak: #6b5520; --ends: #ff6b61; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 100rem; padding: 1rem; background: var(--ground); color: var(--text);
  font: 0.9375rem/1.45 system-ui, sans-serif; }
h1 { font-size: 1.4rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; }
p { margin: .25rem 0; }
.outcome { font-size: 1.05rem; font-weight: 600; }
.soft { color: var(--soft); }
.warnings { border-left: 4px solid var(--failed); background: var(--panel); margin: .75rem 0; padding: .5rem .75rem; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; }
.plot { position: relative; min-width: max(100%, calc(var(--label) + var(--days) * 6px)); }
.row { display: flex; list-style: none; }
.label { position: sticky; left: 0; z-index: 2; flex: 0 0 var(--label); padding: 0 .5rem; background: var(--ground);
  border-right: 1px solid var(--line); white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.lane { position: relative; flex: 1; min-width: 0; }
.axis .lane { height: 1.6rem; }
.tick { position: absolute; top: 0; bottom: 0; padding-left: 3px; border-left: 1px solid var(--line); color: var(--soft);
  font-size: .75rem; line-height: 1.6rem; white-space: nowrap; }
.stage { position: relative; border-top: 1px solid var(--line); }
.back { position: absolute; top: 0; bottom: 0; left: var(--label); right: 0; overflow: hidden; }
.back i, .bar { position: absolute; display: block; }
.back i { top: 0; bottom: 0; }
.window { background: var(--window); min-width: 1px; }
.freeze { background: repeating-linear-gradient(135deg, var(--freeze) 0 4px, transparent 4px 9px); opacity: .75; }
.soaking { background: var(--soak); }
.ends { width: 0; border-left: 2px dashed var(--ends); }
summary { cursor: pointer; }
summary .label { font-weight: 600; }
summary .label::before { content: "\\25B8\\00A0"; color: var(--soft); }
details[open] > summary .label::before { content: "\\25BE\\00A0"; }
summary .row, summary.row { line-height: 1.9rem; }
summary .lane { height: 1.9rem; }
.cluster { line-height: 1.15rem; font-size: .8rem; }
.cluster .lane { height: 1.15rem; }
.cluster .label { padding-left: 1.25rem; color: var(--soft); }
.bar { top: 20%; bottom: 20%; min-width: 3px; border-radius: 2px; background: var(--step); }
.bar.nodes { background: var(--nodes); } .bar.create, .bar.adopt { background: var(--made); }
.bar.add-ons { background: var(--made); } .bar.failed { background: var(--failed); }
.legend { display: flex; flex-wrap: wrap; gap: .35rem 1rem; margin: .5rem 0 0; padding: 0; list-style: none; font-size: .8rem; }
.legend i { display: inline-block; position: static; width: 1rem; height: .8rem; margin-right: .35rem; vertical-align: -1px; }
.legend .ends { width: 0; }
.legend .window, .legend .soaking, .legend .freeze { outline: 1px solid var(--line); }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .3rem .6rem .3rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; font-size: .8rem; }
td { overflow-wrap: anywhere; }
td.when { white-space: nowrap; }
td details summary { color: var(--step); }
.failed-text { color: var(--failed); font-weight: 600; }
@media (max-width: 45rem) {
  :root { --label: 7.5rem; }
  body { padding: .75rem; }
  .cluster { font-size: .72rem; }
  .cluster .label { padding: 0 .25rem 0 .6rem; }
  thead { display: none; }
  tr { display: block; padding: .4rem 0; border-bottom: 1px solid var(--line); }
  td { display: flex; gap: .5rem; padding: .1rem 0; border: 0; }
  td::before { content: attr(data-of); flex: 0 0 5.5rem; color: var(--soft); font-size: .8rem; }
  td:empty { display: none; }
}
@media print { .scroll { overflow: visible; } }
`;
