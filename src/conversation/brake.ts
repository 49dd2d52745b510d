/**
 * The brake against two machines that talk to each other: who gets more answers than a person could read, or says the same
 * again and again, is not answered for a while. Kept in memory: after a restart it counts anew.
 */
import type { Brake } from '../channels/channel.ts';
import { DAY } from '../shared/clock.ts';

/** Texts up to this length may be said often: "1", "iya", "lanjut". */
const SHORT = 12;

/** Contacts that are remembered; the one heard longest ago is forgotten first. */
const KEPT = 5_000;

interface Pace {
  /** When the newest answers went out. */
  answers: number[];
  text: string;
  repeats: number;
  trips: number;
  until: number;
}

/** `last`: this one is told that nothing more will come; `silent`: nothing is said. */
export type Verdict = 'go' | 'last' | 'silent';

export class LoopBrake {
  readonly #limits: Brake;
  readonly #paces = new Map<string, Pace>();

  constructor(limits: Brake) {
    this.#limits = limits;
  }

  /** What may be said to a message of this contact. Called once a message; times are milliseconds. */
  judge(contact: string, text: string, now: number): Verdict {
    const { answers, within, identical, rest } = this.#limits;
    const pace = this.#paces.get(contact) ?? { answers: [], text: '', repeats: 0, trips: 0, until: 0 };
    this.#remember(contact, pace);
    if (now < pace.until) return 'silent';
    pace.repeats = text === pace.text && text.length > SHORT ? pace.repeats + 1 : 1;
    pace.text = text;
    pace.answers = [...pace.answers.filter((at) => now - at < within), now];
    if (pace.answers.length <= answers && pace.repeats < identical) return 'go';
    pace.until = now + Math.min(rest * 2 ** pace.trips, DAY);
    pace.trips++;
    pace.answers = [];
    pace.repeats = 0;
    return 'last';
  }

  #remember(contact: string, pace: Pace): void {
    this.#paces.delete(contact);
    const [oldest] = this.#paces.keys();
    if (this.#paces.size >= KEPT && oldest !== undefined) this.#paces.delete(oldest);
    this.#paces.set(contact, pace);
  }
}
