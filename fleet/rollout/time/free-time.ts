import { type Window } from "../../config/schema/upgrades";
import { remembered } from "../../remembered";
import { type Interval } from "./moments";
import { nextOpening, openingAt } from "./windows";

/** The openings of one window, each looked up once. */
export class Openings {
  /** As `openingAt`. */
  readonly at = remembered((instant: number) => openingAt(this.window, new Date(instant)));
  /** As `nextOpening`. */
  readonly after = remembered((instant: number) => nextOpening(this.window, new Date(instant)));

  constructor(readonly window: Window) {}
}

/**
 * Time in which steps may run: while a window is open, or always where there is none, and within thaws. Openings that
 * overlap or touch are one. It looks ahead only as far as somebody asks.
 */
export class FreeTime {
  private readonly pieces: Iterator<Interval, undefined>;
  private ahead: Interval | undefined;
  /** In order, apart from each other; the last may still grow. */
  private readonly times: Interval[] = [];

  constructor(windows: readonly Openings[], thaws: readonly Interval[]) {
    this.pieces = piecesOf(windows, thaws);
    this.ahead = this.pieces.next().value;
  }

  /**
   * The first free time of at least that length, milliseconds, as far as it lies after `from`. None that begins at
   * `horizon` or later counts.
   */
  first(length: number, from: number, horizon: number): Interval | undefined {
    let index = this.placeOf(from);
    do {
      for (; index < this.times.length; index++) {
        const time = after(from, this.times[index]);
        if (time !== undefined && time.from < horizon && lengthOf(time) >= length) return time;
      }
      index = Math.max(0, index - 1);
    } while (this.grow(horizon));
    return undefined;
  }

  /** The longest of those, as far as one has looked. */
  longest(from: number, horizon: number): Interval | undefined {
    const times = this.times.slice(this.placeOf(from)).flatMap((each) => after(from, each) ?? []);
    return times
      .filter((time) => time.from < horizon)
      .reduce<Interval | undefined>((a, b) => (a !== undefined && lengthOf(a) >= lengthOf(b) ? a : b), undefined);
  }

  /** Place of the first time that ends after an instant; as many as are known where none does. */
  private placeOf(instant: number): number {
    let [low, high] = [0, this.times.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.times[middle]?.to ?? Infinity) > instant) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Looks at what comes next, if it begins before the horizon. */
  private grow(horizon: number): boolean {
    const piece = this.ahead;
    if (piece === undefined || piece.from >= horizon) return false;
    const last = this.times.at(-1);
    if (last !== undefined && piece.from <= last.to) {
      this.times[this.times.length - 1] = { from: last.from, to: Math.max(last.to, piece.to) };
    } else if (lengthOf(piece) > 0) {
      this.times.push(piece);
    }
    this.ahead = this.pieces.next().value;
    return true;
  }
}

/** The part of a time after an instant; undefined where there is none. */
function after(instant: number, time: Interval | undefined): Interval | undefined {
  return time === undefined || time.to <= instant ? undefined : { from: Math.max(time.from, instant), to: time.to };
}

/** Parts of free time by their beginning; they may overlap, and may be empty. */
function* piecesOf(windows: readonly Openings[], thaws: readonly Interval[]): Generator<Interval, undefined> {
  for (const thaw of thaws) {
    if (windows.length === 0) {
      yield thaw;
      continue;
    }
    for (const { from, to } of openingsFrom(windows, thaw)) {
      yield { from: Math.max(from, thaw.from), to: Math.min(to, thaw.to) };
    }
  }
}

/** Openings that are open when a time begins or open within it, by their beginning. */
function* openingsFrom(windows: readonly Openings[], { from, to }: Interval): Generator<Interval, undefined> {
  const heads = windows.map((openings) => ({ openings, opening: openings.at(from) ?? openings.after(from) }));
  for (;;) {
    const head = heads.reduce((a, b) => ((b.opening?.from ?? Infinity) < (a.opening?.from ?? Infinity) ? b : a));
    if (head.opening === undefined || head.opening.from >= to) {
      return;
    }
    yield head.opening;
    head.opening = head.openings.after(head.opening.from);
  }
}

function lengthOf({ from, to }: Interval): number {
  return to - from;
}
