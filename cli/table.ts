import Table from "cli-table3";

export interface TableOptions {
  readonly head: readonly string[];
  /** Width to stay within; default: unlimited. */
  readonly columns?: number;
  /** Indices of the columns that are cut in the middle where the table is too wide; their titles are not. */
  readonly cut?: readonly number[];
  /** Width below which a column is not cut, by its index, so that its cells can still be told apart. Default 9. */
  readonly least?: Readonly<Record<number, number>>;
}

const LEAST = 9;
const GAP = 2;

/** Lines of a table without rules; no line ends in a blank. Cells to be cut must not be coloured. */
export function renderTable(
  rows: readonly (readonly string[])[],
  { head, columns, cut = [], least = {} }: TableOptions,
): string[] {
  const widths = head.map((title, index) => Math.max(...[title, ...rows.map((row) => row[index] ?? "")].map(visible)));
  const fitted = columns === undefined ? widths : fit(widths, columns, cut, least);
  const table = new Table({
    head: [...head],
    chars: NO_RULES,
    style: { head: [], border: [], "padding-left": 0, "padding-right": GAP },
  });
  table.push(
    ...rows.map((row) =>
      row.map((cell, index) => (cut.includes(index) ? cutMiddle(cell, fitted[index] ?? LEAST) : cell)),
    ),
  );
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd());
}

/** Keeps both ends, where the names of one fleet differ: `prod-ap-south…-2-blue`. */
export function cutMiddle(text: string, width: number): string {
  if (text.length <= width) return text;
  const tail = Math.floor((width - 1) / 2);
  return `${text.slice(0, width - 1 - tail)}…${tail === 0 ? "" : text.slice(-tail)}`;
}

/** Keeps the beginning. */
export function cutEnd(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}

/** Takes from the column that has most to give until the line fits, or nothing more can be taken. */
function fit(
  widths: readonly number[],
  columns: number,
  cut: readonly number[],
  least: NonNullable<TableOptions["least"]>,
): number[] {
  const fitted = [...widths];
  const width = () => fitted.reduce((sum, each) => sum + each + GAP, -GAP);
  const room = (index: number) => (fitted[index] ?? 0) - (least[index] ?? LEAST);
  while (width() > columns) {
    const [most] = [...cut].sort((a, b) => room(b) - room(a));
    if (most === undefined || room(most) <= 0) break;
    fitted[most] = (fitted[most] ?? 0) - 1;
  }
  return fitted;
}

function visible(text: string): number {
  // eslint-disable-next-line no-control-regex -- an escape is what is looked for
  return text.replace(/\u001b\[\d+m/g, "").length;
}

const NO_RULES = Object.fromEntries(
  ["top", "bottom", "left", "right"]
    .flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
    .concat(["mid", "mid-mid", "middle"])
    .map((part) => [part, ""]),
);
