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

/** How long a person would type this, in milliseconds. */
export const typingTime = (text: string, { perLetter, least, most }: WhatsAppSettings['pace']['typing']): number =>
  Math.min(most, least + text.length * perLetter);

/** The moment between two messages, in milliseconds. @param chance from 0 to 1 */
export const gapTime = ({ least, most }: WhatsAppSettings['pace']['gap'], chance: number): number =>
  least + (most - least) * chance;

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
    return this.pause(typingTime(text, this.#parts.settings.pace.typing));
  }

  /** The moment between two messages. */
  rest(): Promise<void> {
    return this.pause(gapTime(this.#parts.settings.pace.gap, this.#parts.chance()));
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
