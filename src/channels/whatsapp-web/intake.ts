/**
 * In: from the page's events to messages that are stored. A line of its own for each chat, so that a slow file keeps
 * nobody else waiting; in it, what comes within a moment is put in the order in which it was written.
 */
import { MINUTE } from '../../shared/clock.ts';
import { BusyError, messageOf } from '../../shared/errors.ts';
import type { Log } from '../../shared/log.ts';
import type { IncomingMessage, MediaKind } from '../channel.ts';
import type { Contacts } from './contacts.ts';
import type { PersonId } from './ids.ts';
import type { Timing } from './machine.ts';
import type { FetchedMedia } from './media.ts';
import { digestOf } from './store.ts';
import {
  kindOfMessage,
  personal,
  rawOfCall,
  translate,
  type Drop,
  type LibraryCall,
  type Personal,
  type RawMessage,
} from './translate.ts';

/** Messages of one chat that wait to be stored; more are left to be read again as unread. */
const WAITING = 200;

/** Ids of stored messages that are remembered, so that reading unread chats again costs nothing. */
const REMEMBERED = 5_000;

/** Longest pause between two tries to store a message, in milliseconds. */
const LONGEST_PAUSE = 2_000;

/** Stickers and the like within so many milliseconds get one answer, not one each. */
const BURST = 5_000;

/** A call rings in several states, is tried again, and leaves a trace in the chat: one answer within so many milliseconds. */
const CALLING = 2 * MINUTE;

/** What is only remarked on: the first of a burst stands for all. */
const remarked: readonly string[] = ['sticker', 'other'] satisfies MediaKind[];

/** What may change before a message is handled. */
interface Waiting extends Personal {
  kind: 'text' | MediaKind;
  /** Other than its own id where something else is told of it. */
  externalId?: string;
}

interface Line {
  waiting: Waiting[];
  /** Ids of those that are being stored. */
  inHand: Set<string>;
  /** Encrypted messages of this chat that may yet be read; later ones wait for them for a moment. */
  encrypted: Set<string>;
  running: boolean;
  lastRemark: number;
}

export interface IntakeParts {
  contacts: Contacts;
  timing: Timing;
  log: Log;
  count(drop: Drop): void;
  fetch(message: Personal): Promise<FetchedMedia | undefined>;
  /** Our id of a message that WhatsApp calls so. */
  ours(whatsapp: string): Promise<string | undefined>;
  receive(message: IncomingMessage): Promise<'accepted' | 'duplicate'>;
  /** The chat's messages are stored: it may be marked as read. */
  stored(chat: PersonId): void;
}

export class Intake {
  readonly #parts: IntakeParts;
  readonly #lines = new Map<PersonId, Line>();
  readonly #seen = new Set<string>();
  /** When each chat has called, the newest last. */
  readonly #called = new Map<PersonId, number>();
  #stopped = false;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  /** Whether nothing waits to be stored. */
  get idle(): boolean {
    return this.#lines.size === 0;
  }

  /** Whether a message has been stored by this process, or waits to be. */
  knows(raw: RawMessage): boolean {
    const found = personal(raw);
    if ('drop' in found || typeof kindOfMessage(raw) === 'object') return true;
    const line = this.#lines.get(found.chat);
    return this.#seen.has(found.key.id) || (line !== undefined && isIn(line, found.key.id));
  }

  /** A message came, by whichever way. */
  take(raw: RawMessage): void {
    const found = personal(raw);
    if ('drop' in found) return this.#parts.count(found.drop);
    const kind = kindOfMessage(raw);
    if (typeof kind === 'object') return kind.drop === 'encrypted' ? this.encrypted(raw) : this.#pass(found, kind.drop);
    this.#lines.get(found.chat)?.encrypted.delete(found.key.id);
    this.#push({ ...found, kind });
  }

  /** Somebody calls; it is told once for each of its states. One of a group is nobody's. @param now milliseconds since the epoch */
  called(call: LibraryCall, now: number): void {
    if (call.isGroup === true) this.#parts.count('group call');
    else this.take(rawOfCall(call, now));
  }

  /** A message came that cannot be read yet; those behind it wait for it for a moment. */
  encrypted(raw: RawMessage): void {
    const found = personal(raw);
    if ('drop' in found) return this.#parts.count(found.drop);
    this.#parts.count('encrypted');
    const { key, chat } = found;
    this.#line(chat).encrypted.add(key.id);
    const giveUp = setTimeout(() => this.unreadable(raw), this.#parts.timing.unreadable);
    giveUp.unref();
    this.#run(chat);
  }

  /** A message can certainly not be read: it is asked for again, once. */
  unreadable(raw: RawMessage): void {
    const found = personal(raw);
    if ('drop' in found || this.#stopped) return;
    const { key, chat } = found;
    this.#lines.get(chat)?.encrypted.delete(key.id);
    if (!this.#seen.has(key.id)) this.#push({ ...found, kind: 'unreadable', externalId: `${key.id}:unreadable` });
  }

  /** The person changed a message. One that still waits is read as it is now; of a handled one the person is told what to do. */
  edited(raw: RawMessage, text: string, before: string | undefined): void {
    const found = personal(raw);
    // What was encrypted gets its words, which is no change.
    if ('drop' in found || raw.type !== 'chat' || !before) return;
    const waiting = this.#lines.get(found.chat)?.waiting.find(({ key }) => key.id === found.key.id);
    if (waiting) waiting.raw = { ...waiting.raw, body: text };
    else this.#push({ ...found, kind: 'edited', externalId: `${found.key.id}:edited:${digestOf(text)}` });
  }

  /** The person deleted a message for everyone. */
  deleted(raw: RawMessage): void {
    const found = personal(raw);
    if ('drop' in found) return;
    const line = this.#lines.get(found.chat);
    const index = line?.waiting.findIndex(({ key }) => key.id === found.key.id) ?? -1;
    if (index >= 0) line?.waiting.splice(index, 1);
    else if (this.#seen.has(found.key.id))
      this.#push({ ...found, kind: 'deleted', externalId: `${found.key.id}:deleted` });
  }

  /** Takes nothing more; what was not stored is unread, and is read again at the next start. */
  stop(): void {
    this.#stopped = true;
    for (const line of this.#lines.values()) line.waiting = [];
  }

  /** Nothing is to be done for it; unread it would only be read again and again. */
  #pass({ chat }: Personal, drop: Drop): void {
    this.#parts.count(drop);
    if (!this.#lines.has(chat)) this.#parts.stored(chat);
  }

  #line(chat: PersonId): Line {
    const line = this.#lines.get(chat) ?? {
      waiting: [],
      inHand: new Set<string>(),
      encrypted: new Set(),
      running: false,
      lastRemark: -Infinity,
    };
    this.#lines.set(chat, line);
    return line;
  }

  #push(message: Waiting): void {
    if (this.#stopped) return;
    const id = idOf(message);
    if (this.#seen.has(id) || (message.kind === 'call' && this.#callsAgain(message.chat)))
      return this.#pass(message, 'repeated');
    const line = this.#line(message.chat);
    if (isIn(line, id)) return this.#parts.count('repeated');
    if (line.waiting.length >= WAITING) return this.#parts.count('overflow');
    line.waiting.push(message);
    this.#run(message.chat);
  }

  /** Whether this call belongs to one that was told a moment ago. */
  #callsAgain(chat: PersonId): boolean {
    const now = performance.now();
    for (const [caller, at] of this.#called) if (now - at > CALLING) this.#called.delete(caller);
    if (this.#called.has(chat)) return true;
    this.#called.set(chat, now);
    return false;
  }

  #run(chat: PersonId): void {
    const line = this.#line(chat);
    if (line.running) return;
    line.running = true;
    void this.#drain(chat, line);
  }

  /** Stores one after the other, until nothing waits. */
  async #drain(chat: PersonId, line: Line): Promise<void> {
    const { timing, log } = this.#parts;
    let complete = true;
    do {
      await this.#settle(line);
      line.waiting.sort((a, b) => (a.raw.t ?? 0) - (b.raw.t ?? 0));
      const batch = line.waiting.splice(0);
      line.inHand = new Set(batch.map(idOf));
      for (const message of batch)
        try {
          await this.#store(message, line);
        } catch (error) {
          // What is wrong with one message must not stop the next; unread, it is looked at again.
          log.error({ why: messageOf(error) }, 'a message could not be taken in');
          complete = false;
        }
      line.inHand.clear();
    } while (line.waiting.length > 0 && !this.#stopped);
    line.running = false;
    if (complete && !this.#stopped) this.#parts.stored(chat);
    if (line.encrypted.size === 0 && performance.now() - line.lastRemark > Math.min(BURST, timing.unreadable))
      this.#lines.delete(chat);
    else setTimeout(() => this.#sweep(chat), BURST).unref();
  }

  /** Waits for what may still come before it; a message that cannot be read yet is waited for a little longer. */
  async #settle(line: Line): Promise<void> {
    const { settle } = this.#parts.timing;
    await pause(settle);
    for (let more = 0; more < 4 && line.encrypted.size > 0 && !this.#stopped; more++) await pause(settle);
  }

  #sweep(chat: PersonId): void {
    const line = this.#lines.get(chat);
    if (line && !line.running && line.waiting.length === 0 && line.encrypted.size === 0) this.#lines.delete(chat);
  }

  async #store(message: Waiting, line: Line): Promise<void> {
    const { contacts, count, ours } = this.#parts;
    const { key, chat, raw } = message;
    if (remarked.includes(message.kind)) {
      const again = performance.now() - line.lastRemark < BURST;
      line.lastRemark = performance.now();
      if (again) {
        this.#remember(key.id);
        return count('burst');
      }
    }
    const other = await contacts.other(chat);
    await this.#untilStored(() => contacts.noteWriting(chat, other));
    const media = raw.directPath === undefined ? undefined : await this.#parts.fetch(message);
    const lost = raw.directPath !== undefined && !media;
    const { quotedStanzaID } = raw;
    const quoted = quotedStanzaID === undefined ? undefined : ((await ours(quotedStanzaID)) ?? `wa:${quotedStanzaID}`);
    const translated = translate(message, lost ? 'unreadable' : message.kind, { other, quoted, media });
    const externalId = message.externalId ?? translated.externalId;
    await this.#untilStored(() => this.#parts.receive({ ...translated, externalId }));
    this.#remember(externalId);
  }

  /** The database may be away: it is tried until it is back, or until we stop and the message is left unread. */
  async #untilStored(store: () => Promise<unknown>): Promise<void> {
    for (let wait = 50; ; wait = Math.min(wait * 2, LONGEST_PAUSE)) {
      try {
        await store();
        return;
      } catch (error) {
        if (!(error instanceof BusyError) || this.#stopped) throw error;
        this.#parts.log.warn({ why: messageOf(error) }, 'a message could not be stored; trying again');
        await pause(wait);
      }
    }
  }

  #remember(id: string): void {
    const [oldest] = this.#seen;
    if (this.#seen.size >= REMEMBERED && oldest !== undefined) this.#seen.delete(oldest);
    this.#seen.add(id);
  }
}

const idOf = ({ externalId, key }: Waiting): string => externalId ?? key.id;

/** Whether a message waits in a line, or is being stored. */
const isIn = ({ waiting, inHand }: Line, id: string): boolean =>
  inHand.has(id) || waiting.some((other) => idOf(other) === id);

const pause = (ms: number): Promise<void> => new Promise((wake) => setTimeout(wake, ms));
