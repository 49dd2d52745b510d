/** The time, as an argument: tests and the simulator move it. */
export interface Clock {
  /** Milliseconds since the epoch, UTC. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  #at: number;
  constructor(at: number | string) {
    this.#at = typeof at === 'string' ? Date.parse(at) : at;
  }
  now(): number {
    return this.#at;
  }
  /** Moves forward by so many milliseconds. */
  advance(ms: number): void {
    this.#at += ms;
  }
}

/** Units of time in milliseconds. */
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Further ahead of the real time nothing is tried out: a year, and what is due after it. Milliseconds. */
export const FURTHEST_AHEAD = 400 * DAY;

/** The real time, which the simulator may move forward to see what a day or a month brings. */
export class ShiftableClock implements Clock {
  #ahead = 0;
  now(): number {
    return Date.now() + this.#ahead;
  }
  /** How far it is ahead of the real time, in milliseconds. */
  get ahead(): number {
    return this.#ahead;
  }
  /** Moves it ahead of the real time; never back, since what has happened has happened, and never too far. */
  setAhead(ms: number): void {
    this.#ahead = Math.max(this.#ahead, Math.min(ms, FURTHEST_AHEAD));
  }
}

/** Whole seconds of a span or an instant in milliseconds. */
export const seconds = (milliseconds: number): number => Math.floor(milliseconds / SECOND);
