/** What the log says of the connection: each change, but of failures in a row one line a minute at most. */
import { MINUTE, type Clock } from '../../shared/clock.ts';
import type { Log } from '../../shared/log.ts';
import { isFinal, meanings, type State } from './machine.ts';

export class Narrator {
  readonly #log: Log;
  readonly #clock: Clock;
  #saidAt = 0;
  #kept = 0;

  constructor(log: Log, clock: Clock) {
    this.#log = log;
    this.#clock = clock;
  }

  /** @param failures in a row; while there are any, only that it rests again is worth a line */
  say(from: State, to: State, why: string, failures: number): void {
    const line = `WhatsApp: ${from} → ${to} (${meanings[to]})`;
    if (isFinal(to)) return this.#log.error({ why }, line);
    if (failures === 0 || to === 'ready') {
      this.#saidAt = 0;
      this.#kept = 0;
      return this.#log.info({ ...(why && { why }) }, line);
    }
    if (to !== 'resting') return;
    if (this.#clock.now() - this.#saidAt < MINUTE) return void this.#kept++;
    this.#log.warn({ why, failures, ...(this.#kept > 0 && { kept: this.#kept }) }, line);
    this.#saidAt = this.#clock.now();
    this.#kept = 0;
  }
}
