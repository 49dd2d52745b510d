/** The channel itself: joins connection, intake and sender, and hears the library's events for them. */
import { randomUUID } from 'node:crypto';
import type { Connection as Database } from 'mongoose';
import type { Page } from 'puppeteer';
import { MINUTE, seconds, type Clock } from '../../shared/clock.ts';
import { KawanError, messageOf } from '../../shared/errors.ts';
import { within } from '../../shared/limit.ts';
import type { Log } from '../../shared/log.ts';
import { createFileStore } from '../../storage/file-store.ts';
import type { Vault } from '../../storage/vault.ts';
import type { Brake, Channel, ChannelEvents, Condition, OutgoingMessage, SendResult } from '../channel.ts';
import { Connection } from './connection.ts';
import { Contacts } from './contacts.ts';
import { addressKind, aliasOf, idOf, isPerson, keyOf, type PersonId } from './ids.ts';
import { Intake } from './intake.ts';
import { createLease } from './lease.ts';
import type { LibraryClient, LibraryMessage, StandIn } from './library.ts';
import { timing as usual, type Timing } from './machine.ts';
import { fetchMedia } from './media.ts';
import { sendPart } from './outgoing.ts';
import { deviceFolder, pairingText } from './pairing.ts';
import { markSeen, missedMessages, ownMessages, showTyping } from './page.ts';
import { Sender, type Wire } from './sender.ts';
import type { WhatsAppSettings } from './settings.ts';
import { conditionOf, StatusNote } from './status-note.ts';
import { createWhatsAppStore, type ChannelStatus, type WhatsAppStore } from './store.ts';
import { kindOfMessage, ownText, type Drop, type LibraryCall } from './translate.ts';

/** Typing and marks of reading are decoration: longer than this nobody cares whether the page did it. Milliseconds. */
const DECORATION = 3_000;

export interface WhatsAppParts {
  connection: Database;
  vault: Vault;
  log: Log;
  clock: Clock;
  settings: WhatsAppSettings;
  /** The data folder of the product; the linked device stands in `whatsapp` below it. */
  folder: string;
  chromium: { CHROMIUM_BIN?: string | undefined; PATH: string };
  standIn?: StandIn | undefined;
  timing?: Partial<Timing>;
  /** Chance, from 0 to 1. */
  chance(): number;
  /** Where a code to link with is shown. */
  show(text: string): void;
}

export class WhatsAppWeb implements Channel {
  readonly id = 'whatsapp-web';
  readonly addressKind = addressKind;
  readonly brake: Brake;
  readonly daily: number;
  readonly #parts: WhatsAppParts;
  readonly #log: Log;
  readonly #timing: Timing;
  readonly #store: WhatsAppStore;
  readonly #connection: Connection;
  readonly #intake: Intake;
  readonly #sender: Sender;
  readonly #status: StatusNote;
  readonly #counts: Partial<Record<Drop, number>> = {};
  #events: ChannelEvents | undefined;
  #stopped = false;
  #lastActivity: number;
  #missed: NodeJS.Timeout | undefined;
  /** Up to then it is sure that every message was told, milliseconds since the epoch. */
  #sureUntil: number | undefined;

  constructor(parts: WhatsAppParts, program: string) {
    const { connection: database, vault, clock, settings, chance, standIn, folder } = parts;
    this.#parts = parts;
    this.#log = parts.log.child({ channel: this.id });
    this.#timing = { ...usual, ...parts.timing };
    this.#store = createWhatsAppStore(database);
    this.#status = new StatusNote(this.#store, () => this.#present());
    this.#lastActivity = clock.now();
    this.brake = settings.brake.contact;
    this.daily = settings.daily;
    const common = { clock, log: this.#log, timing: this.#timing, chance, store: this.#store };
    const files = createFileStore({ connection: database, vault });
    const alert = (kind: string): void => this.#alert(kind);
    const contacts = new Contacts({
      ...common,
      directory: () => this.#connection.client,
      number: () => this.#connection.number,
    });
    this.#sender = new Sender({
      ...{ ...common, contacts, files, settings, alert },
      wire: () => this.#wire(),
      confirm: (ids) => this.#events?.confirm(ids),
      receipt: (ids, state) => this.#events?.receipt(ids, state),
    });
    this.#intake = new Intake({
      ...{ ...common, contacts },
      count: (drop) => this.#count(drop),
      fetch: async (message) => {
        const { client } = this.#connection;
        return client && fetchMedia(client, message, { files, settings: settings.media, log: this.#log });
      },
      ours: (whatsapp) => this.#store.ours(whatsapp),
      receive: (message) => {
        this.#lastActivity = clock.now();
        if (!this.#events) throw new KawanError('The channel has stopped');
        return this.#events.receive(message);
      },
      stored: (chat) => this.#handle('seen', () => this.#decorate((page) => markSeen(page, chat))),
    });
    this.#connection = new Connection({
      ...{ ...common, folder: deviceFolder(folder), program, standIn, memory: settings.memory, alert },
      lease: createLease(this.#store, randomUUID().slice(0, 8), clock),
      listen: (client) => this.#listen(client),
      ready: () => this.#ready(),
      code: (code, how) =>
        this.#handle('code', async () => {
          parts.show(await pairingText(code, how));
          await this.#store.savePairing(code, how, clock.now());
        }),
      lastActivity: () => (this.#sender.busy || !this.#intake.idle ? clock.now() : this.#lastActivity),
      changed: () => this.#handle('status', () => this.#status.write()),
    });
  }

  condition = (): Promise<Condition> => conditionOf(this.#store, this.#parts.clock.now());

  start(events: ChannelEvents): Promise<void> {
    if (this.#events || this.#stopped) throw new KawanError('A channel is started once');
    this.#events = events;
    this.#connection.start();
    return Promise.resolve();
  }

  isConnected(): boolean {
    return this.#events !== undefined && this.#connection.isConnected;
  }

  send(message: OutgoingMessage): Promise<SendResult> {
    this.#lastActivity = this.#parts.clock.now();
    return this.#sender.send(message);
  }

  sentAmong(ids: readonly string[]): Promise<readonly string[]> {
    return this.#sender.sentAmong(ids);
  }

  typing(to: string): void {
    this.#handle('typing', () => this.#decorate((page) => showTyping(page, idOf(to))));
  }

  absorbs(error: unknown): boolean {
    return this.#connection.absorbs(error);
  }

  hurry(): void {
    this.#sender.hurry();
  }

  async stop(): Promise<void> {
    if (!this.#events || this.#stopped) return;
    this.#stopped = true;
    clearInterval(this.#missed);
    this.#intake.stop();
    await this.#sender.stop();
    await this.#connection.stop();
    // The database may be away when we stop; then the status is an old one.
    await this.#status
      .write()
      .catch((error: unknown) => this.#log.warn({ why: messageOf(error) }, 'the last status was not noted'));
    this.#events = undefined;
  }

  /** Runs something for an event of the library; what goes wrong in it concerns that event alone. */
  #handle(what: string, act: () => Promise<unknown> | void): void {
    const failed = (error: unknown): void => this.#log.error({ what, why: messageOf(error) }, 'an event failed');
    try {
      void Promise.resolve(act()).catch(failed);
    } catch (error) {
      failed(error);
    }
  }

  #alert(kind: string, alias?: string): void {
    this.#log.error({ kind }, 'staff must look at this');
    this.#handle('alert', () => this.#events?.alert(kind, alias));
  }

  #count(drop: Drop, more = 1): void {
    this.#counts[drop] = (this.#counts[drop] ?? 0) + more;
  }

  /** Something in the page that may fail without harm. */
  async #decorate(act: (page: Page) => Promise<unknown>): Promise<void> {
    const page = this.#connection.client?.pupPage;
    if (!page) return;
    await within(act(page), DECORATION, 'a decoration').catch((error: unknown) =>
      this.#log.debug({ why: messageOf(error) }, 'a decoration failed'),
    );
  }

  #wire(): Wire | undefined {
    const { client } = this.#connection;
    const page = client?.pupPage;
    if (!client || !page) return undefined;
    return {
      send: (chat, part) => sendPart(client, chat, part),
      ownMessages: (chat, since) =>
        within(ownMessages(page, chat, since), this.#timing.probe, 'looking for own messages'),
    };
  }

  #ready(): void {
    clearInterval(this.#missed);
    const read = (): void => this.#handle('missed', () => this.#readMissed());
    this.#missed = setInterval(read, this.#timing.missedEvery).unref();
    read();
    this.#events?.connected();
  }

  /** Reads what was never told: unread chats, and what came while it was not sure that all is told. Each once. */
  async #readMissed(): Promise<void> {
    const page = this.#connection.client?.pupPage;
    if (!page || !this.#events) return;
    const { age, perChat, chats } = this.#parts.settings.missed;
    const now = this.#parts.clock.now();
    const sure = this.#sureUntil ?? (await this.#store.status())?.sureUntil ?? 0;
    const bounds = { since: seconds(now - age), unsure: seconds(sure - MINUTE), perChat, chats };
    const { unread, recent, left } = await within(missedMessages(page, bounds), this.#timing.probe, 'reading');
    const news = recent.filter((raw) => !this.#intake.knows(raw));
    for (const raw of [...unread, ...news]) this.#intake.take(raw);
    this.#sureUntil = now;
    if (left > 0) this.#count('too old', left);
    const read = unread.length + news.length;
    if (read + left > 0) this.#log.info({ messages: read, left }, 'unread chats were read');
  }

  /** One listener an event: one that fails must not silence another. */
  #listen(client: LibraryClient): void {
    const intake = this.#intake;
    const on = <T extends unknown[]>(name: string, act: (...values: T) => Promise<unknown> | void): void =>
      void client.on(name, (...values: unknown[]) => this.#handle(name, () => act(...(values as T))));
    on('message_create', (message: LibraryMessage) => this.#created(message));
    on('message_ack', async ({ _data: raw }: LibraryMessage, level: number) => {
      if (raw.id.fromMe === true) await this.#sender.acknowledged(keyOf(raw.id), level);
    });
    on('message_ciphertext', ({ _data: raw }: LibraryMessage) => intake.encrypted(raw));
    on('message_ciphertext_failed', ({ _data: raw }: LibraryMessage) => intake.unreadable(raw));
    on('message_edit', ({ _data: raw }: LibraryMessage, now: string, before?: string) =>
      intake.edited(raw, now, before),
    );
    on('message_revoke_everyone', ({ _data: raw }: LibraryMessage) => intake.deleted(raw));
    on('message_reaction', () => this.#count('reaction'));
    on('vote_update', () => this.#count('vote'));
    on('call', (call: LibraryCall) => intake.called(call, this.#parts.clock.now()));
    on('contact_changed', (_message: LibraryMessage, old: unknown) => {
      const id = String((old as { _serialized?: string } | null)?._serialized ?? old);
      // A number may be given to somebody else: nothing moves by itself.
      if (isPerson(id)) this.#alert('number_changed', aliasOf(id));
    });
  }

  /** A message came into being: a person's, one of ours, or one that staff typed on the phone. */
  async #created({ _data: raw }: LibraryMessage): Promise<void> {
    if (raw.id.fromMe !== true) return this.#intake.take(raw);
    this.#count('own');
    // A call that staff made, or a notice of WhatsApp in our name, is nobody's word.
    const kind = kindOfMessage(raw);
    if (typeof kind === 'object' || kind === 'call') return;
    const key = keyOf(raw.id);
    const text = ownText(raw.caption ?? raw.body, raw.type);
    const known = await this.#sender.echo(key, text, raw.ack ?? 0);
    if (!known && isPerson(key.chat)) await this.#takenOver(key.chat, { id: key.written, text });
  }

  async #takenOver(chat: PersonId, said: { id: string; text: string }): Promise<void> {
    this.#log.info('staff wrote on the phone: the product is silent in that chat for a while');
    await this.#events?.takenOver(aliasOf(chat), said);
  }

  #present(): ChannelStatus {
    const { state, since, why, broken } = this.#connection;
    return {
      ...{ state, since, at: this.#parts.clock.now(), counts: { ...this.#counts } },
      ...(why && { why }),
      ...(this.#sureUntil !== undefined && { sureUntil: this.#sureUntil }),
      broken: broken.map(({ name, missing }) => `${name} (${missing})`),
    };
  }
}
