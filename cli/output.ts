import { renderTable, type TableOptions } from "./table";

/** How far a line may go where there is no terminal to ask. */
export const DEFAULT_COLUMNS = 100;

const CODES = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] } as const;

export type Style = keyof typeof CODES;

/** Where a command's answer goes. Answers go to stdout, remarks about them to stderr. */
export interface Output {
  /** Width of the terminal; 100 off a terminal. */
  readonly columns: number;
  /** Height of the terminal; 24 off a terminal. */
  readonly rows: number;
  /** Standard output is a terminal. */
  readonly terminal: boolean;
  /** Only on a terminal, never with NO_COLOR, TERM=dumb or --json. */
  readonly colour: boolean;
  /** The answer is wanted as JSON: print it with {@link data} and nothing else. */
  readonly json: boolean;
  line(text?: string): void;
  /** Within {@link columns}, unless the options say otherwise. */
  table(rows: readonly (readonly string[])[], options: TableOptions): void;
  /** The answer as JSON; only with `json`. */
  data(value: unknown): void;
  /** A remark that is not part of the answer, to stderr. */
  note(text: string): void;
  /** As it is without colour. */
  style(style: Style, text: string): string;
  /** As it is, for text that a terminal shall interpret; nothing is added. */
  write(text: string): void;
}

export interface OutputStreams {
  readonly stdout: {
    write(text: string): unknown;
    readonly isTTY?: boolean;
    readonly columns?: number;
    readonly rows?: number;
  };
  readonly stderr: { write(text: string): unknown };
  readonly env: Readonly<Record<string, string | undefined>>;
}

export function createOutput({ stdout, stderr, env }: OutputStreams, { json }: { json: boolean }): Output {
  const terminal = stdout.isTTY === true;
  const colour = terminal && !json && !env["NO_COLOR"] && env["TERM"] !== "dumb";
  const line = (text = "") => void stdout.write(`${text}\n`);
  return {
    get columns() {
      return (terminal && stdout.columns) || DEFAULT_COLUMNS;
    },
    get rows() {
      return (terminal && stdout.rows) || 24;
    },
    terminal,
    colour,
    json,
    line,
    table(rows, options) {
      for (const each of renderTable(rows, { columns: this.columns, ...options })) line(each);
    },
    data: (value) => line(JSON.stringify(value, undefined, 2)),
    note: (text) => void stderr.write(`${text}\n`),
    style(style, text) {
      const [on, off] = CODES[style];
      return colour && text !== "" ? `\u001b[${on}m${text}\u001b[${off}m` : text;
    },
    write: (text) => void stdout.write(text),
  };
}
