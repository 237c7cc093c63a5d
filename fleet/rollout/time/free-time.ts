import { type Window } from "../../config/schema/upgrades";
import { type Interval } from "./moments";
import { nextOpening, openingAt } from "./windows";

/** The openings of one window, each looked up once. */
export class Openings {
  private readonly found = {
    at: new Map<number, Interval | undefined>(),
    after: new Map<number, Interval | undefined>(),
  };

  constructor(readonly window: Window) {}

  /** As `openingAt`. */
  at(instant: number): Interval | undefined {
    return remembered(this.found.at, instant, () => openingAt(this.window, new Date(instant)));
  }

  /** As `nextOpening`. */
  after(instant: number): Interval | undefined {
    return remembered(this.found.after, instant, () => nextOpening(this.window, new Date(instant)));
  }
}

/**
 * Time in which steps may run: while a window is open, or always where there is none, and within thaws. Openings that
 * overlap or touch are one. It looks ahead only as far as somebody asks.
 */
export class FreeTime {
  private readonly pieces: Iterator<Interval, undefined>;
  /** In order, each longer than all before; a shorter one is of no use to anybody. */
  private readonly longer: Interval[] = [];
  /** May still grow. */
  private last: Interval | undefined;

  /** Nothing that opens at `horizon` or later counts. */
  constructor(windows: readonly Openings[], thaws: readonly Interval[], horizon: number) {
    this.pieces = piecesOf(windows, thaws, horizon);
  }

  /** The first free time of at least that length, milliseconds. */
  first(length: number): Interval | undefined {
    let fit = this.longer.find((time) => lengthOf(time) >= length);
    while (fit === undefined && this.grow()) {
      fit = this.last !== undefined && lengthOf(this.last) >= length ? this.last : undefined;
    }
    return fit;
  }

  /** The longest free time as far as one has looked. */
  get longest(): Interval | undefined {
    return this.longer.at(-1);
  }

  /** The earliest free time as far as one has looked. */
  get earliest(): Interval | undefined {
    return this.longer[0];
  }

  private grow(): boolean {
    const piece = this.pieces.next().value;
    if (piece === undefined) {
      return false;
    }
    const last = this.last;
    const touches = last !== undefined && piece.from <= last.to;
    const grown = touches ? { from: last.from, to: Math.max(last.to, piece.to) } : piece;
    if (touches && this.longer.at(-1) === last) {
      this.longer.pop();
    }
    if (this.longest === undefined || lengthOf(grown) > lengthOf(this.longest)) {
      this.longer.push(grown);
    }
    this.last = grown;
    return true;
  }
}

/** Parts of free time by their beginning; they may overlap. */
function* piecesOf(
  windows: readonly Openings[],
  thaws: readonly Interval[],
  horizon: number,
): Generator<Interval, undefined> {
  for (const thaw of thaws.filter(({ from }) => from < horizon)) {
    if (windows.length === 0) {
      yield thaw;
      continue;
    }
    for (const { from, to } of openingsFrom(windows, thaw.from, Math.min(thaw.to, horizon))) {
      const piece = { from: Math.max(from, thaw.from), to: Math.min(to, thaw.to) };
      if (lengthOf(piece) > 0) {
        yield piece;
      }
    }
  }
}

/** Openings that are open at a moment or open later, but before `until`, by their beginning. */
function* openingsFrom(windows: readonly Openings[], from: number, until: number): Generator<Interval, undefined> {
  const heads = windows.map((openings) => ({ openings, opening: openings.at(from) ?? openings.after(from) }));
  for (;;) {
    const head = heads.reduce((a, b) => ((b.opening?.from ?? Infinity) < (a.opening?.from ?? Infinity) ? b : a));
    if (head.opening === undefined || head.opening.from >= until) {
      return;
    }
    yield head.opening;
    head.opening = head.openings.after(head.opening.from);
  }
}

function lengthOf({ from, to }: Interval): number {
  return to - from;
}

function remembered<K, V>(known: Map<K, V>, key: K, find: () => V): V {
  if (!known.has(key)) {
    known.set(key, find());
  }
  return known.get(key) as V;
}
