/**
 * Out: one message after the other, at the pace of a person. What a send says is believed only as far as it goes: without
 * the server's acknowledgement a message is handed over, and without an answer from the page it is unknown.
 */
import PQueue from 'p-queue';
import { MINUTE, SECOND, type Clock } from '../../shared/clock.ts';
import { KawanError, messageOf } from '../../shared/errors.ts';
import { within } from '../../shared/limit.ts';
import type { Log } from '../../shared/log.ts';
import type { FileStore } from '../../storage/file-store.ts';
import { numberedText, type OutgoingMessage, type SendResult } from '../channel.ts';
import type { Contacts } from './contacts.ts';
import { idOf, type Key, type PersonId } from './ids.ts';
import type { Timing } from './machine.ts';
import { partsOf, type OutgoingFile, type Part } from './outgoing.ts';
import { Pacing } from './pacing.ts';
import type { WhatsAppSettings } from './settings.ts';
import { digestOf, type WhatsAppStore } from './store.ts';

/** The page, as far as sending needs it. */
export interface Wire {
  /** Hands over; the key of the message, or undefined when the page did not say. */
  send(chat: PersonId, part: Part): Promise<Key | undefined>;
  /** Our own messages in a chat that the page knows, since an instant in seconds. */
  ownMessages(chat: string, since: number): Promise<{ id: string; text: string; ack: number; t: number }[]>;
}

/** Acknowledgements as the library numbers them. */
const ack = { error: -1, server: 1, device: 2, read: 3 } as const;

/** Words by which WhatsApp says that this number may not write to strangers for a while. */
const BLOCKED = /\b463\b|reach-?out|rate-overlimit|\b429\b/i;

/** The words of an address that WhatsApp cannot find. */
const NO_ADDRESS = /No LID for user/i;

/** Shown by the page but not acknowledged for so long, something keeps it from leaving; staff are told. Milliseconds. */
const LEAVES_WITHIN = MINUTE;

/** A message that the page itself refuses so often is given up and shown to staff; the next ones go on. */
const TRIES = 5;

const away: SendResult = { state: 'failed', reason: 'WhatsApp is not connected', retry: true };

/** The clocks of the page and of this process may differ by so much, in seconds. */
const SLACK = 120;

export interface SenderParts {
  store: WhatsAppStore;
  contacts: Contacts;
  files: FileStore;
  settings: Pick<WhatsAppSettings, 'pace' | 'brake'>;
  timing: Timing;
  clock: Clock;
  log: Log;
  chance(): number;
  wire(): Wire | undefined;
  confirm(ids: readonly string[]): void;
  receipt(ids: readonly string[], state: 'delivered' | 'read'): void;
  alert(kind: string, contact?: string): void;
}

/** A message between the page's word and the server's. */
interface Pending {
  id: string;
  chat: PersonId;
  digest: string;
  /** WhatsApp's bare id, once it is known. */
  whatsapp?: string;
  /** The highest acknowledgement so far. */
  ack: number;
  acked(ack: number): void;
}

/** Kept in memory to know an echo or a receipt by; older ones are looked up. */
const KEPT = 2_000;

export class Sender {
  readonly #parts: SenderParts;
  readonly #queue = new PQueue({ concurrency: 1 });
  /** By our id, oldest first. */
  readonly #pending = new Map<string, Pending>();
  /** How often a message has failed for certain. */
  readonly #tries = new Map<string, number>();
  readonly #pacing: Pacing;
  #stopping = false;

  constructor(parts: SenderParts) {
    this.#parts = parts;
    this.#pacing = new Pacing(parts);
  }

  /** Messages that are waiting for their turn or are being sent. */
  get busy(): boolean {
    return this.#queue.size + this.#queue.pending > 0;
  }

  /** @throws when it is unknown whether the message went out, or the address is no person's. */
  async send(message: OutgoingMessage): Promise<SendResult> {
    const chat = idOf(message.to);
    await this.#pacing.type(message.text);
    // One at a time: WhatsApp sees a single pair of hands, and each contact's messages keep their order.
    return this.#queue.add(() => this.#sendOne(chat, message));
  }

  async #sendOne(chat: PersonId, message: OutgoingMessage): Promise<SendResult> {
    const { store, clock, wire } = this.#parts;
    if (!wire() || this.#stopping) return away;
    if ((await this.sentAmong([message.id])).length > 0) return { state: 'confirmed' };
    const target = await this.#target(chat, message);
    if (typeof target !== 'string') return target;
    if (!(await this.#pacing.mayGo())) return away;
    const digest = digestOf(numberedText(message));
    await store.noteSending({ _id: message.id, chat: target, digest, at: clock.now() });
    const pending = this.#expect(message.id, target, digest);
    try {
      return await this.#hand(target, message, pending.entry, pending.acked);
    } catch (error) {
      const why = messageOf(error);
      if (!NO_ADDRESS.test(why)) throw error;
      this.#pending.delete(message.id);
      return this.#onceMore(chat, message, why);
    } finally {
      await this.#pacing.rest();
    }
  }

  /** Hands over, then waits a little for the server's word. */
  async #hand(chat: PersonId, message: OutgoingMessage, entry: Pending, acked: Promise<number>): Promise<SendResult> {
    const { timing, wire, store, files, log } = this.#parts;
    const out = wire();
    if (!out) return away;
    const { attachment } = message;
    const file = attachment?.kind === 'file' ? await files.find(attachment.id) : undefined;
    if (attachment?.kind === 'file' && !file)
      return { state: 'failed', reason: 'A file that goes with it is not kept any more', retry: false };
    try {
      const key = await this.#handParts(out, chat, message, file);
      if (key) entry.whatsapp = key.id;
    } catch (error) {
      const failed = await this.#certainly(message.id, error);
      if (failed) return failed;
    }
    if (entry.whatsapp === undefined)
      log.warn({ message: message.id }, 'the page did not say whether a message went out');
    // No word in time is no failure: it may come later.
    const word = await Promise.race([acked, this.#pacing.pause(timing.ack).then(() => 0)]);
    if (word === ack.error) {
      await store.forgetSent(message.id);
      return { state: 'failed', reason: 'WhatsApp refused the message', retry: false, blocked: true };
    }
    if (entry.whatsapp !== undefined) await store.noteSent(message.id, entry.whatsapp, word >= ack.server);
    return { state: word >= ack.server ? 'confirmed' : 'handed over' };
  }

  /** @returns the key of the part with the words. @throws what the page throws, or a KawanError when it does not answer. */
  async #handParts(
    out: Wire,
    chat: PersonId,
    message: OutgoingMessage,
    file: OutgoingFile | undefined,
  ): Promise<Key | undefined> {
    const { timing } = this.#parts;
    let key: Key | undefined;
    const parts = partsOf(message, file);
    for (const [index, part] of parts.entries()) {
      // A part without words is known by an entry of its own, so that its echo is nobody else's.
      if (index < parts.length - 1) this.#expect(`${message.id}+`, chat, digestOf(part.text));
      key = await within(out.send(chat, part), timing.send, 'sending');
    }
    return key;
  }

  /**
   * What an error of a send means, where it is certain. Undefined: it went out after all, and only the answer was lost.
   * @throws the error itself where nothing is certain.
   */
  async #certainly(id: string, error: unknown): Promise<SendResult | undefined> {
    const reason = messageOf(error);
    if (BLOCKED.test(reason)) return { state: 'failed', reason, retry: false, blocked: true };
    // A page that did not answer, or is gone, may still have sent it, or may yet.
    if (error instanceof KawanError || NO_ADDRESS.test(reason) || !this.#parts.wire()) throw error;
    const shown = await this.sentAmong([id]).catch(() => undefined);
    if (shown === undefined) throw error;
    if (shown.length > 0) return undefined;
    const tries = (this.#tries.get(id) ?? 0) + 1;
    this.#tries.set(id, tries);
    if (this.#tries.size > KEPT) this.#tries.clear();
    return { state: 'failed', reason, retry: tries < TRIES };
  }

  /** The page does not know the address: it is asked for afresh, once; then the person cannot be reached. */
  async #onceMore(chat: PersonId, message: OutgoingMessage, reason: string): Promise<SendResult> {
    const { contacts, store } = this.#parts;
    contacts.forget(chat);
    const other = await contacts.other(chat);
    if (other === undefined) return { state: 'failed', reason, retry: false };
    const { entry, acked } = this.#expect(message.id, other, digestOf(numberedText(message)));
    await store.noteSending({ _id: message.id, chat: other, digest: entry.digest, at: this.#parts.clock.now() });
    try {
      return await this.#hand(other, message, entry, acked);
    } catch (error) {
      if (NO_ADDRESS.test(messageOf(error))) return { state: 'failed', reason, retry: false };
      throw error;
    }
  }

  /** The address to send to. Strangers are not written to, unless it was allowed for this very message. */
  async #target(chat: PersonId, { cold }: OutgoingMessage): Promise<PersonId | SendResult> {
    const { contacts } = this.#parts;
    const written = await contacts.hasWritten(chat);
    if (written === undefined) return away;
    if (written) return chat;
    if (cold !== true)
      return { state: 'failed', reason: 'This person has not written to this number yet', retry: false };
    const found = await contacts.registered(chat);
    if (found.is === 'registered') return found.id;
    if (found.is === 'unknown')
      return { state: 'failed', reason: 'It could not be told whether this number has WhatsApp', retry: true };
    return { state: 'failed', reason: 'This number has no WhatsApp', retry: false };
  }

  #expect(id: string, chat: PersonId, digest: string): { entry: Pending; acked: Promise<number> } {
    let acked: Pending['acked'] = () => undefined;
    const promise = new Promise<number>((resolve) => (acked = resolve));
    const entry: Pending = { id, chat, digest, ack: 0, acked };
    const [oldest] = this.#pending.keys();
    if (this.#pending.size >= KEPT && oldest !== undefined) this.#pending.delete(oldest);
    this.#pending.delete(id);
    this.#pending.set(id, entry);
    return { entry, acked: promise };
  }

  /**
   * An own message appeared in a chat. One that we sent is known by it from now on, so that its acknowledgement is
   * understood although the page never said its id. False: somebody of the office typed it on the phone.
   */
  async echo(key: Key, text: string, level: number): Promise<boolean> {
    const entry = this.#find(key) ?? this.#unclaimed(key.chat, digestOf(text));
    if (!entry) return (await this.#parts.store.ours(key.id)) !== undefined;
    entry.whatsapp = key.id;
    if (level >= ack.server) await this.acknowledged(key, level);
    return true;
  }

  /** The server, the phone or the person has acknowledged an own message. */
  async acknowledged(key: Key, level: number): Promise<void> {
    const entry = this.#find(key);
    const id = entry?.id ?? (await this.#parts.store.ours(key.id));
    if (id === undefined) return;
    const before = entry?.ack ?? 0;
    if (entry) {
      if (level !== ack.error && level <= before) return;
      entry.ack = level;
      entry.acked(level);
    }
    if (level === ack.error) return this.#parts.alert('whatsapp_refused_message');
    if (before < ack.server) await this.#parts.store.noteSent(id, key.id, true);
    this.#parts.confirm([id]);
    if (level >= ack.device) this.#parts.receipt([id], level >= ack.read ? 'read' : 'delivered');
  }

  /**
   * Which of our messages are known to have gone out: what the server acknowledged, and what the page shows in the chat. A
   * page that has died since does not show what it had only kept for later.
   */
  async sentAmong(ids: readonly string[]): Promise<string[]> {
    const { store, wire, clock } = this.#parts;
    const noted = await store.sentAmong(ids);
    const sure = noted.filter(({ acked }) => acked === true).map(({ _id }) => _id);
    const page = wire();
    if (!page) return sure;
    for (const message of noted.filter(({ acked }) => acked !== true)) {
      const shown = (await page.ownMessages(message.chat, message.at / SECOND - SLACK)).filter((own) => own.ack >= 0);
      const owners = await store.ownersOf(shown.map(({ id }) => id));
      const found = shown.find(({ id, text }) => {
        const owner = owners.get(id);
        return owner === undefined ? digestOf(text) === message.digest : owner === message._id;
      });
      if (!found) continue;
      await store.noteSent(message._id, found.id, found.ack >= ack.server);
      if (found.ack < ack.server && clock.now() - message.at > LEAVES_WITHIN) this.#parts.alert('whatsapp_not_leaving');
      sure.push(message._id);
    }
    return sure;
  }

  /** From now on nothing waits for its own sake. */
  hurry(): void {
    this.#pacing.hurry();
  }

  /** Waits until what is being sent has ended; what was waiting stays to be sent later. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.hurry();
    await this.#queue.onIdle();
  }

  #find({ id }: Key): Pending | undefined {
    return [...this.#pending.values()].findLast(({ whatsapp }) => whatsapp === id);
  }

  /** A message that we wait for, with this text in this chat, and that has no id of WhatsApp yet. */
  #unclaimed(chat: string, digest: string): Pending | undefined {
    return [...this.#pending.values()].find(
      (entry) => entry.whatsapp === undefined && entry.chat === chat && entry.digest === digest,
    );
  }
}
