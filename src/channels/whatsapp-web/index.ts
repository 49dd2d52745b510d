/** The channel "whatsapp-web": an office's ordinary WhatsApp number, through whatsapp-web.js in a browser of ours. */
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { Connection as Database } from 'mongoose';
import QRCode from 'qrcode';
import { type Clock } from '../../shared/clock.ts';
import { KawanError, messageOf, StartError } from '../../shared/errors.ts';
import { within } from '../../shared/limit.ts';
import type { Log } from '../../shared/log.ts';
import { createFileStore } from '../../storage/file-store.ts';
import type { Channel, ChannelEvents } from '../channel.ts';
import { findChromium, noChromium } from './chromium.ts';
import { Connection } from './connection.ts';
import { Contacts } from './contacts.ts';
import { aliasOf, idOf, isPerson, keyOf, type PersonId } from './ids.ts';
import { Intake } from './intake.ts';
import { createLease } from './lease.ts';
import type { LibraryClient, LibraryMessage, StandIn } from './library.ts';
import { timing as usual, type Timing } from './machine.ts';
import { fetchMedia } from './media.ts';
import { sendPart } from './outgoing.ts';
import { markSeen, ownMessages, showTyping, unreadMessages } from './page.ts';
import { Sender, type Wire } from './sender.ts';
import type { WhatsAppSettings } from './settings.ts';
import { createWhatsAppStore } from './store.ts';
import type { Drop } from './translate.ts';

/** Typing is decoration: longer than this nobody cares whether the page did it. Milliseconds. */
const DECORATION = 3_000;

export interface WhatsAppParts {
  connection: Database;
  log: Log;
  clock: Clock;
  settings: WhatsAppSettings;
  /** The data folder of the product; the device's profile stands in `whatsapp` below it. */
  folder: string;
  chromium: { CHROMIUM_BIN?: string | undefined; PATH: string };
  standIn?: StandIn | undefined;
  timing?: Partial<Timing>;
  /** Chance, from 0 to 1. */
  chance(): number;
  /** Where a code to pair with is shown. */
  show(text: string): void;
}

/** The folder of the linked device, below the data folder. */
export const deviceFolder = (folder: string): string => resolve(folder, 'whatsapp');

/** @throws StartError when there is no browser. */
export function createWhatsAppWeb(parts: WhatsAppParts): Channel {
  const { connection: database, clock, settings, chance } = parts;
  const log = parts.log.child({ channel: 'whatsapp-web' });
  const program = findChromium(parts.chromium);
  if (program === undefined) throw new StartError(noChromium);
  const timing: Timing = { ...usual, ...parts.timing };
  const store = createWhatsAppStore(database);
  const files = createFileStore(database);
  const counts: Partial<Record<Drop, number>> = {};
  let events: ChannelEvents | undefined;
  let lastActivity = clock.now();
  let missedTimer: NodeJS.Timeout | undefined;

  /** Runs something for an event of the library; what goes wrong in it concerns that event alone. */
  const handle = (what: string, act: () => Promise<unknown> | void): void => {
    lastActivity = clock.now();
    try {
      void Promise.resolve(act()).catch((error: unknown) =>
        log.error({ what, why: messageOf(error) }, 'an event failed'),
      );
    } catch (error) {
      log.error({ what, why: messageOf(error) }, 'an event failed');
    }
  };
  const alert = (kind: string, alias?: string): void =>
    handle('alert', async () => {
      log.error({ kind }, 'staff must look at this');
      await events?.alert(kind, alias);
    });
  const count = (drop: Drop, more = 1): void => void (counts[drop] = (counts[drop] ?? 0) + more);

  const contacts: Contacts = new Contacts({
    ...{ store, clock, log },
    directory: () => connection.client,
    number: () => connection.number,
  });
  const wire = (): Wire | undefined => {
    const { client } = connection;
    const page = client?.pupPage;
    return client && page
      ? {
          send: (chat, part) => sendPart(client, chat, part),
          ownMessages: (chat, since) =>
            within(ownMessages(page, chat, since), timing.probe, 'looking for own messages'),
        }
      : undefined;
  };
  const sender: Sender = new Sender({
    ...{ store, contacts, files, settings, timing, clock, log, chance, wire, alert },
    confirm: (ids) => events?.confirm(ids),
    receipt: (ids, state) => events?.receipt(ids, state),
  });
  const intake: Intake = new Intake({
    ...{ contacts, timing, log, count },
    fetch: async (message) =>
      connection.client && fetchMedia(connection.client, message, { files, settings: settings.media, log }),
    ours: (whatsapp) => store.ours(whatsapp),
    receive: (message) => {
      if (!events) throw new KawanError('The channel has stopped');
      return events.receive(message);
    },
    stored: (chat) => handle('seen', () => seen(chat)),
  });

  async function seen(chat: PersonId): Promise<void> {
    const page = connection.client?.pupPage;
    if (!page) return;
    // Unread it would only be read again; of no other consequence.
    await within(markSeen(page, chat), DECORATION, 'marking as read').catch((error: unknown) =>
      log.debug({ why: messageOf(error) }, 'a chat could not be marked as read'),
    );
  }

  /** Reads what was never told: from unread chats, within the bounds, each once. */
  async function readMissed(): Promise<void> {
    const page = connection.client?.pupPage;
    if (!page || !events) return;
    const { age, perChat, chats } = settings.missed;
    const since = Math.floor((clock.now() - age) / 1_000);
    const { messages, left } = await within(unreadMessages(page, { since, perChat, chats }), timing.probe, 'reading');
    for (const raw of messages) intake.take(raw);
    if (left > 0) count('too old', left);
    if (messages.length + left > 0) log.info({ messages: messages.length, left }, 'unread chats were read');
  }

  function ready(): void {
    clearInterval(missedTimer);
    missedTimer = setInterval(() => handle('missed', readMissed), timing.missedEvery).unref();
    handle('missed', readMissed);
    events?.connected();
  }

  function listen(client: LibraryClient): void {
    const on = <T extends unknown[]>(name: string, act: (...values: T) => Promise<unknown> | void): void =>
      void client.on(name, (...values: unknown[]) => handle(name, () => act(...(values as T))));
    on('message_create', async ({ _data: raw }: LibraryMessage) => {
      if (raw.id.fromMe !== true) return intake.take(raw);
      count('own');
      const key = keyOf(raw.id);
      const known = await sender.echo(key, ownText(raw.caption ?? raw.body, raw.type), raw.ack ?? 0);
      if (!known && isPerson(key.chat)) await events?.takenOver(aliasOf(key.chat));
    });
    on('message_ciphertext', ({ _data: raw }: LibraryMessage) => intake.encrypted(raw));
    on('message_ciphertext_failed', ({ _data: raw }: LibraryMessage) => intake.unreadable(raw));
    on('message_ack', async ({ _data: raw }: LibraryMessage, level: number) => {
      if (raw.id.fromMe === true) await sender.acknowledged(keyOf(raw.id), level);
    });
    on('message_edit', ({ _data: raw }: LibraryMessage, now: string, before?: string) =>
      intake.edited(raw, now, before),
    );
    on('message_revoke_everyone', ({ _data: raw }: LibraryMessage) => intake.deleted(raw));
    on('message_reaction', () => count('reaction'));
    on('vote_update', () => count('vote'));
    on('call', () => count('call'));
    on('contact_changed', (_message: LibraryMessage, old: unknown) => {
      const id = String((old as { _serialized?: string } | null)?._serialized ?? old);
      // A number may be given to somebody else: nothing moves by itself.
      if (isPerson(id)) alert('number_changed', aliasOf(id));
    });
  }

  const connection: Connection = new Connection({
    ...{ folder: deviceFolder(parts.folder), program, standIn: parts.standIn, clock, log, timing, chance },
    ...{ lease: createLease(store, randomUUID().slice(0, 8), clock), memory: settings.memory, listen, ready, alert },
    code: (code, how) => handle('code', async () => parts.show(await pairingText(code, how))),
    lastActivity: () => (sender.busy || !intake.idle ? clock.now() : lastActivity),
    changed: () => handle('status', saveStatus),
  });

  async function saveStatus(): Promise<void> {
    const { state, since, why, broken } = connection;
    const names = broken.map(({ name, missing }) => `${name} (${missing})`);
    await store.saveStatus({
      state,
      since,
      at: clock.now(),
      ...(why && { why }),
      counts: { ...counts },
      broken: names,
    });
  }

  return {
    id: 'whatsapp-web',
    brake: settings.brake.contact,
    start(given) {
      if (events) throw new KawanError('The channel is started already');
      events = given;
      connection.start();
      return Promise.resolve();
    },
    isConnected: () => events !== undefined && connection.isConnected,
    async send(message) {
      lastActivity = clock.now();
      return sender.send(message);
    },
    sentAmong: (ids) => sender.sentAmong(ids),
    typing(to) {
      const page = connection.client?.pupPage;
      if (page) handle('typing', () => typeIn(page, idOf(to)));
    },
    absorbs: (error) => connection.absorbs(error),
    async stop() {
      if (!events) return;
      clearInterval(missedTimer);
      intake.stop();
      await sender.stop();
      await connection.stop();
      // The database may be away when we stop; then the status is an old one.
      await saveStatus().catch((error: unknown) => log.warn({ why: messageOf(error) }, 'the last status was not noted'));
      events = undefined;
    },
  };

  async function typeIn(page: NonNullable<LibraryClient['pupPage']>, chat: PersonId): Promise<void> {
    const typed = showTyping(page, chat);
    await within(typed, DECORATION, 'showing that we type').catch((error: unknown) =>
      log.debug({ why: messageOf(error) }, 'typing could not be shown'),
    );
  }
}

/** Words of an own message as they were given to it; a place and a voice note have none. */
function ownText(words: unknown, type: string | undefined): string {
  return typeof words === 'string' && type !== 'location' && type !== 'ptt' ? words : '';
}

/** What staff see in the terminal when the number is to be linked. */
export async function pairingText(code: string, how: 'picture' | 'letters'): Promise<string> {
  const where = 'On the office’s phone: WhatsApp, Linked devices, Link a device';
  if (how === 'letters')
    return `\n${where}, Link with phone number. Enter:\n\n    ${code.slice(0, 4)}-${code.slice(4)}\n`;
  return `\n${where}. Scan this:\n\n${await QRCode.toString(code, { type: 'terminal', small: true })}`;
}
