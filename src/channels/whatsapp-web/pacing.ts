/** The pace of a person: time to type, a moment between two messages, and a limit on all of them together. */
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { SECOND, type Clock } from '../../shared/clock.ts';
import type { WhatsAppSettings } from './settings.ts';

export interface PacingParts {
  settings: Pick<WhatsAppSettings, 'pace' | 'brake'>;
  clock: Clock;
  /** Chance, from 0 to 1. */
  chance(): number;
  alert(kind: string): void;
}

export class Pacing {
  readonly #parts: PacingParts;
  readonly #hurry = new AbortController();
  /** When the newest messages went out. */
  #sentAt: number[] = [];

  constructor(parts: PacingParts) {
    this.#parts = parts;
    // Every chat may wait at the same time.
    setMaxListeners(0, this.#hurry.signal);
  }

  /** From now on nothing waits for its own sake. */
  hurry(): void {
    this.#hurry.abort();
  }

  /** Waits, unless we are in a hurry. */
  async pause(ms: number): Promise<void> {
    if (ms > 0) await sleep(ms, undefined, { signal: this.#hurry.signal }).catch(() => undefined);
  }

  /** As long as a person would type this. */
  type(text: string): Promise<void> {
    const { perLetter, least, most } = this.#parts.settings.pace.typing;
    return this.pause(Math.min(most, least + text.length * perLetter));
  }

  /** The moment between two messages. */
  rest(): Promise<void> {
    const { least, most } = this.#parts.settings.pace.gap;
    return this.pause(least + (most - least) * this.#parts.chance());
  }

  /**
   * The brake in all: more messages than a person could write are held back until their time has come, and staff are told.
   * False: we are in a hurry, and it has to wait for another day.
   */
  async mayGo(): Promise<boolean> {
    const { clock, settings, alert } = this.#parts;
    const { messages, within } = settings.brake.all;
    while (!this.#hurry.signal.aborted) {
      this.#sentAt = this.#sentAt.filter((at) => clock.now() - at < within);
      if (this.#sentAt.length < messages) {
        this.#sentAt.push(clock.now());
        return true;
      }
      alert('whatsapp_too_many');
      await this.pause(SECOND);
    }
    return this.#sentAt.length < messages;
  }
}
