/**
 * whatsapp-web.js as we use it: what its types leave out, its options, and the places where it calls something and awaits
 * it nowhere, so that an error there would end the process.
 */
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { Browser, Page } from 'puppeteer';
import whatsapp, { type Client, type ClientOptions } from 'whatsapp-web.js';
import { launchArguments } from './chromium.ts';
import type { RawMessage } from './translate.ts';

/** The library's version, for `npm run doctor`. */
export const libraryVersion = (createRequire(import.meta.url)('whatsapp-web.js/package.json') as { version: string })
  .version;

/** Calls to the page end by then, however stuck it is; in milliseconds, and longer than any limit of ours. */
const PROTOCOL_LIMIT = 60_000;

/** A message as the library hands it over: only the page's own data is looked at. */
export interface LibraryMessage {
  _data: RawMessage;
}

/** What the library does inside, and its types do not tell. */
export interface LibraryClient extends Client {
  inject(): Promise<void>;
  attachEventListeners(): Promise<void>;
}

/** A page that stands for WhatsApp Web, for trials and tests without it. */
export interface StandIn {
  folder: string;
  version: string;
}

export interface ClientParts {
  /** The folder that holds the browser's profile. */
  folder: string;
  program: string;
  /** Pair by a code for this number instead of a picture: digits with the country first. */
  phone?: string | undefined;
  standIn?: StandIn | undefined;
  /** The browser is there, and nothing has been loaded yet. */
  opened(browser: Browser, page: Page): void;
  /** Something failed that the library awaits nowhere. */
  failed(error: unknown): void;
  /** The page's listeners stand: from now on messages are told. */
  attached(): void;
}

/** Where the browser keeps what makes it a linked device. */
export const profileOf = (folder: string): string => resolve(folder, 'session');

/** The strategy of the library, but nothing is removed while a browser still runs, and we are told of the page at once. */
class Profile extends whatsapp.LocalAuth {
  readonly #opened: () => void;
  constructor(folder: string, opened: () => void) {
    super({ dataPath: folder });
    this.#opened = opened;
  }
  override afterBrowserInitialized = (): Promise<void> => Promise.resolve(this.#opened());
  /** The profile of an unlinked device is removed by the connection, when its browser has ended. */
  override logout = (): Promise<void> => Promise.resolve();
}

export function createClient(parts: ClientParts): LibraryClient {
  const { folder, program, phone, standIn, failed, attached, opened } = parts;
  const strategy = new Profile(folder, () => {
    if (client.pupBrowser && client.pupPage) opened(client.pupBrowser, client.pupPage);
  });
  const options: ClientOptions = {
    authStrategy: strategy,
    authTimeoutMs: 60_000,
    // We restart it ourselves; the library would only end its browser.
    qrMaxRetries: 0,
    takeoverOnConflict: false,
    // A string of an old browser would be sent else, which some day is refused.
    userAgent: false as unknown as string,
    webVersionCache: standIn ? { type: 'local', path: standIn.folder, strict: true } : { type: 'none' },
    ...(standIn && { webVersion: standIn.version }),
    ...(phone !== undefined && { pairWithPhoneNumber: { phoneNumber: phone, showNotification: true } }),
    puppeteer: {
      headless: true,
      executablePath: program,
      args: launchArguments(),
      protocolTimeout: PROTOCOL_LIMIT,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    },
  };
  const client = new whatsapp.Client(options) as LibraryClient;
  // Called by the library after each navigation, and awaited by nobody.
  const inject = client.inject.bind(client);
  client.inject = () => inject().catch(failed);
  const request = client.requestPairingCode.bind(client);
  client.requestPairingCode = (...given) =>
    request(...given).catch((error: unknown) => {
      failed(error);
      return '';
    });
  const destroy = client.destroy.bind(client);
  client.destroy = () => destroy().catch(failed);
  // What it throws goes back into the page and is heard by nobody; that it ended says that messages will be told.
  const attach = client.attachEventListeners.bind(client);
  client.attachEventListeners = async () => {
    await attach();
    attached();
  };
  return client;
}

/** The library's message, of which it tells only the interface. */
type MessageClass = new (
  client: Client,
  data: RawMessage,
) => { downloadMedia(): Promise<{ data: string } | undefined> };

/** The bytes of a file that came with a message; undefined when the page does not have it just now. */
export async function download(client: Client, raw: RawMessage, written: string): Promise<Buffer | undefined> {
  const { Message } = whatsapp as unknown as { Message: MessageClass };
  // The library looks the message up by its written key, which it knows under its old name only.
  const message = new Message(client, { ...raw, id: { ...raw.id, _serialized: written } });
  const media = await message.downloadMedia();
  return media?.data ? Buffer.from(media.data, 'base64') : undefined;
}

const ours = ['ProtocolError', 'TargetCloseError', 'TimeoutError', 'ConnectionClosedError'];
const sayings =
  /auth timeout|ready timeout|Execution context was destroyed|detached Frame|Target closed|Session closed|Protocol error|Navigating frame/i;

/** Whether an error that nobody awaited comes from the library or its browser. */
export const isOfLibrary = (error: unknown): boolean =>
  error instanceof Error ? ours.includes(error.name) || sayings.test(error.message) : sayings.test(String(error));
