/**
 * Who is behind an address. One person has up to two, a "lid" and a phone number; either may stay unknown. What was found
 * is remembered, so that fifty messages of one person ask once.
 */
import { MINUTE, type Clock } from '../../shared/clock.ts';
import { BusyError, messageOf } from '../../shared/errors.ts';
import { within } from '../../shared/limit.ts';
import type { Log } from '../../shared/log.ts';
import { isPerson, type PersonId } from './ids.ts';
import type { WhatsAppStore } from './store.ts';

/** The library's part that we use here. */
export interface Directory {
  getContactLidAndPhone(ids: string[]): Promise<{ lid?: string; pn?: string }[]>;
  getNumberId(id: string): Promise<{ _serialized: string } | null>;
}

/** What was found, or not, is believed for so long: a number may pass to another account. Milliseconds. */
const BELIEVED = 10 * MINUTE;

/** The page asks the server when it does not know; longer than this nobody waits for an answer. Milliseconds. */
const LIMIT = 5_000;

/** Remembered at most; the oldest is forgotten first. */
const KEPT = 10_000;

/** What a number is to WhatsApp. `unknown`: it could not be told just now. */
export type Registered = { is: 'registered'; id: PersonId } | { is: 'not registered' } | { is: 'unknown' };

export interface ContactParts {
  store: WhatsAppStore;
  clock: Clock;
  log: Log;
  directory(): Directory | undefined;
  /** The office's own number, once it is linked. */
  number(): string | undefined;
}

export class Contacts {
  readonly #parts: ContactParts;
  readonly #others = new Map<PersonId, { other: PersonId | undefined; at: number }>();
  readonly #registered = new Map<PersonId, { result: Registered; at: number }>();
  /** Who is known to have written to this number: no further write is needed. */
  readonly #wrote = new Set<string>();

  constructor(parts: ContactParts) {
    this.#parts = parts;
  }

  /** The other address of a person, if it is known or can be learned quickly. */
  async other(id: PersonId): Promise<PersonId | undefined> {
    const { clock, log } = this.#parts;
    const known = this.#others.get(id);
    if (known && clock.now() - known.at < BELIEVED) return known.other;
    const directory = this.#parts.directory();
    if (!directory) return undefined;
    let other: PersonId | undefined;
    try {
      const [found] = await within(directory.getContactLidAndPhone([id]), LIMIT, 'asking who is behind an address');
      other = [found?.lid, found?.pn].find((one): one is PersonId => one !== undefined && one !== id && isPerson(one));
    } catch (error) {
      log.debug({ why: messageOf(error) }, 'an address stays the only one of its person for now');
    }
    remember(this.#others, id, { other, at: clock.now() });
    if (other !== undefined) remember(this.#others, other, { other: id, at: clock.now() });
    return other;
  }

  /** Notes that this person has written to the office's number. */
  async noteWriting(id: PersonId, other: PersonId | undefined): Promise<void> {
    const number = this.#parts.number();
    if (number === undefined) throw new BusyError('The office’s number is not known just now');
    const key = `${number} ${id} ${other ?? ''}`;
    if (this.#wrote.has(key)) return;
    await this.#parts.store.noteContact(id, number, other);
    if (other !== undefined) await this.#parts.store.noteContact(other, number, id);
    if (this.#wrote.size >= KEPT) this.#wrote.clear();
    this.#wrote.add(key);
  }

  /** Whether this person has ever written to the office's present number; undefined while that is not known. */
  async hasWritten(id: PersonId): Promise<boolean | undefined> {
    const number = this.#parts.number();
    if (number === undefined) return undefined;
    return (await this.#parts.store.contact(id))?.numbers.includes(number) ?? false;
  }

  /** Whether an address can be written to, and by which address WhatsApp wants it. */
  async registered(id: PersonId): Promise<Registered> {
    const { clock } = this.#parts;
    const known = this.#registered.get(id);
    if (known && (known.result.is === 'registered' || clock.now() - known.at < BELIEVED)) return known.result;
    const result = await this.#ask(id);
    if (result.is !== 'unknown') remember(this.#registered, id, { result, at: clock.now() });
    return result;
  }

  /** What was believed of an address turned out to be wrong. */
  forget(id: PersonId): void {
    this.#registered.delete(id);
    this.#others.delete(id);
  }

  async #ask(id: PersonId): Promise<Registered> {
    const directory = this.#parts.directory();
    if (!directory) return { is: 'unknown' };
    // Someone known by a lid alone can only be written to there.
    if (id.endsWith('@lid')) return { is: 'registered', id };
    try {
      const found = await within(directory.getNumberId(id), LIMIT, 'asking whether a number has WhatsApp');
      if (found === null) return { is: 'not registered' };
      return isPerson(found._serialized) ? { is: 'registered', id: found._serialized } : { is: 'unknown' };
    } catch (error) {
      this.#parts.log.debug({ why: messageOf(error) }, 'it could not be told whether a number has WhatsApp');
      return { is: 'unknown' };
    }
  }
}

function remember<V>(map: Map<PersonId, V>, id: PersonId, value: V): void {
  const [oldest] = map.keys();
  if (map.size >= KEPT && oldest !== undefined) map.delete(oldest);
  map.set(id, value);
}
