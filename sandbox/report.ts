/** Where a command tells its user how far it is. */
export interface Report {
  line(text: string): void;
  /** Opens a piece of work that takes time; one at a time. */
  step(title: string, options?: StepOptions): Step;
}

export interface StepOptions {
  /** Off a terminal: write a line every 15 s even when there is no news. For work of many minutes. */
  readonly heartbeat?: boolean;
}

export interface Step {
  /** What it is at now. Shown at once on a terminal; elsewhere with the next line that is due. */
  update(detail: string): void;
  /** Ends the step with a line that gives the outcome and the time taken. */
  done(outcome: string): void;
  /** Ends the step without an outcome: an error message follows. */
  abandon(): void;
}

export interface ReportOutput {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** Off a terminal, news are written at most this often, milliseconds. */
const NEWS_MS = 5_000;
const HEARTBEAT_MS = 15_000;

/**
 * On a terminal a running step is one line that is redrawn in place; elsewhere it writes whole lines, at its start, when
 * there is news and at its end, and nothing that moves the cursor.
 */
export function createReport(output: ReportOutput, now: () => number = Date.now): Report {
  return {
    line: (text) => void output.write(`${text}\n`),
    step: (title, options = {}) =>
      output.isTTY ? terminalStep(output, title, now) : plainStep(output, title, options, now),
  };
}

/** `7 s`, `2 min 05 s` */
export function elapsed(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}

function terminalStep(output: ReportOutput, title: string, now: () => number): Step {
  const begin = now();
  let detail = "";
  const draw = () => {
    const text = `  ${title}${detail && `: ${detail}`} (${elapsed(now() - begin)})`;
    output.write(`\r\u001b[K${text.slice(0, (output.columns ?? 80) - 1)}`);
  };
  const timer = setInterval(draw, 1000);
  timer.unref();
  draw();
  return {
    update(text) {
      detail = text;
      draw();
    },
    done(outcome) {
      clearInterval(timer);
      output.write(`\r\u001b[K${title}: ${outcome} (${elapsed(now() - begin)})\n`);
    },
    abandon() {
      clearInterval(timer);
      output.write("\r\u001b[K");
    },
  };
}

function plainStep(output: ReportOutput, title: string, { heartbeat = false }: StepOptions, now: () => number): Step {
  const begin = now();
  let detail = "";
  let written = { detail, at: begin };
  output.write(`${title} ...\n`);
  const timer = setInterval(() => {
    const due = detail !== written.detail || (heartbeat && now() - written.at >= HEARTBEAT_MS);
    if (!due) return;
    written = { detail, at: now() };
    output.write(`${title}${detail && `: ${detail}`} ... ${elapsed(now() - begin)}\n`);
  }, NEWS_MS);
  timer.unref();
  return {
    update: (text) => void (detail = text),
    done(outcome) {
      clearInterval(timer);
      output.write(`${title}: ${outcome} (${elapsed(now() - begin)})\n`);
    },
    abandon: () => clearInterval(timer),
  };
}
