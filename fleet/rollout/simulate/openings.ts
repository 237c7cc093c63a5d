import { type Upgrades, type Window } from "../../config/schema/upgrades";
import { frozenTimes, type FrozenTime } from "../time/freezes";
import { type Interval } from "../time/moments";
import { nextOpening, openingAt } from "../time/windows";

/** One opening of a window. */
export interface Opening extends Interval {
  /** Place of the window in `upgrades.windows`. */
  readonly window: number;
}

/** Walks along the openings of a window, as time goes by. */
export class WindowWalk {
  private opening: Interval | undefined;

  constructor(
    private readonly window: Window,
    private readonly index: number,
    from: Date,
  ) {
    this.opening = firstOpening(window, from);
  }

  /** When it is in its next opening, see {@link at}, after a moment; milliseconds, Infinity where there is none. */
  next(now: Date): number {
    this.leave(now);
    const { opening } = this;
    if (opening === undefined || opening.from > now.getTime()) return opening?.from ?? Infinity;
    // A window may open again before it has closed.
    const following = nextOpening(this.window, new Date(opening.from));
    return following === undefined ? Infinity : Math.max(following.from, opening.to);
  }

  isFor(stage: string): boolean {
    return this.window.stages?.includes(stage) ?? true;
  }

  /** The opening that is open at a moment; of several the first, until it closes. Moments never go back. */
  at(now: Date): Opening | undefined {
    this.leave(now);
    const { opening } = this;
    return opening !== undefined && opening.from <= now.getTime() ? { ...opening, window: this.index } : undefined;
  }

  /** Openings that begin after one moment and are over by another. */
  passed(after: Date, by: Date): Opening[] {
    const passed: Opening[] = [];
    while (this.opening !== undefined && this.opening.to <= by.getTime()) {
      if (this.opening.from > after.getTime()) passed.push({ ...this.opening, window: this.index });
      this.opening = nextOpening(this.window, new Date(this.opening.from));
    }
    return passed;
  }

  private leave(now: Date): void {
    this.passed(now, now);
  }
}

function firstOpening(window: Window, from: Date): Interval | undefined {
  return openingAt(window, from) ?? nextOpening(window, from);
}

/** The openings of all windows that reach into a time, by their beginning; not more than `most` of each window. */
export function openingsBetween({ windows }: Upgrades, from: Date, to: Date, most: number): Opening[] {
  return windows
    .flatMap((window, index) => {
      const found: Opening[] = [];
      let opening = firstOpening(window, from);
      while (opening !== undefined && opening.from < to.getTime() && found.length < most) {
        found.push({ ...opening, window: index });
        opening = nextOpening(window, new Date(opening.from));
      }
      return found;
    })
    .sort((a, b) => a.from - b.from);
}

/** The freezes that reach into a time, by their beginning. */
export function freezesBetween({ freezes }: Upgrades, from: Date, to: Date): FrozenTime[] {
  return frozenTimes(freezes).filter((frozen) => frozen.to > from.getTime() && frozen.from < to.getTime());
}
