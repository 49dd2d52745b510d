/**
 * All that we ask of the inside of WhatsApp Web, beyond what the library asks. WhatsApp changes it without a word, so it
 * stands here alone, and `brokenCalls` says at each start what is no longer there.
 *
 * The functions given to `evaluate` run in the page. They hold no named function: the compiler would call a helper that
 * the page does not have.
 */
import type { Page } from 'puppeteer';
import type { RawMessage } from './translate.ts';

interface MessageModel {
  id: { fromMe: boolean; id: string };
  t?: number;
  body?: string;
  caption?: string;
  ack?: number;
}
interface ChatModel {
  id: { _serialized: string };
  unreadCount?: number;
  msgs: { getModelsArray(): MessageModel[] };
}
interface PageWindow {
  require(name: string): Record<string, unknown>;
  WWebJS?: {
    getMessageModel(model: MessageModel): RawMessage;
    sendSeen(chat: string): Promise<boolean>;
  };
}
declare const window: PageWindow;
declare const document: { querySelectorAll(selector: string): Iterable<{ textContent: string; click(): void }> };

/** A thing that we do, and the calls of the page without which it fails. */
interface Call {
  name: string;
  /** Without it the channel is of no use. */
  essential: boolean;
  needs: readonly string[];
}

/** From reading whatsapp-web.js 1.34.7: what its helpers call in the page for each thing that we do. */
export const calls: readonly Call[] = [
  {
    name: 'receiving messages',
    essential: true,
    needs: ['WAWebCollections.Msg.on', 'WAWebCollections.Chat.on', 'WALinkify.findLinks'],
  },
  {
    name: 'sending text',
    essential: true,
    needs: [
      'WAWebWidFactory.createWid',
      'WAWebFindChatAction.findOrCreateLatestChat',
      'WAWebChatGetters.getIsNewsletter',
      'WAWebMsgKey.newId',
      'WAWebGetEphemeralFieldsMsgActionsUtils.getEphemeralFields',
      'WAWebSendMsgChatAction.addAndSendMsgToChat',
    ],
  },
  {
    name: 'sending files',
    essential: false,
    needs: [
      'WAWebMediaOpaqueData.createFromData',
      'WAWebPrepRawMedia.prepRawMedia',
      'WAWebMediaMmsV4Upload.uploadMedia',
    ],
  },
  {
    name: 'fetching files',
    essential: false,
    needs: ['WAWebDownloadManager.downloadManager.downloadAndMaybeDecrypt'],
  },
  {
    name: 'telling who is behind an address',
    essential: false,
    needs: ['WAWebApiContact.getPhoneNumber', 'WAWebApiContact.getCurrentLid', 'WAWebQueryExistsJob.queryWidExists'],
  },
  { name: 'showing that we type', essential: false, needs: ['WAWebChatStateBridge.sendChatStateComposing'] },
  { name: 'marking as read', essential: false, needs: ['WAWebUpdateUnreadChatAction.sendSeen'] },
  { name: 'reading missed messages', essential: false, needs: ['WAWebCollections.Chat.getModelsArray'] },
];

/** A call of ours that cannot work, and what it misses. */
export interface Broken {
  name: string;
  essential: boolean;
  missing: string;
}

/** The self-test: which of our calls find nothing in the page any more. */
export async function brokenCalls(page: Page): Promise<Broken[]> {
  const needs = calls.flatMap((call) => call.needs);
  const missing = await page.evaluate(
    (paths) =>
      paths.filter((path) => {
        const [module = '', ...rest] = path.split('.');
        try {
          let value: unknown = window.require(module);
          for (const part of rest) value = (value as Record<string, unknown>)[part];
          return typeof value !== 'function';
        } catch {
          return true;
        }
      }),
    needs,
  );
  return calls.flatMap(({ name, essential, needs: ours }) => {
    const lost = ours.filter((path) => missing.includes(path));
    return lost.length === 0 ? [] : [{ name, essential, missing: lost.join(', ') }];
  });
}

/**
 * Since July 2026 a message key's written form is called `$1`; the library asks for `_serialized`, finds nothing, and says
 * of a message that went out that it did not. A getter gives the old name back. Where keys still have the old name they keep
 * it: what a key is given under it is its own. False: the page has no such keys, which the self-test says as well.
 */
export function shimKeys(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    try {
      const { prototype } = window.require('WAWebMsgKey') as unknown as { prototype: object };
      if (Object.hasOwn(prototype, '_serialized')) return true;
      Object.defineProperty(prototype, '_serialized', {
        configurable: true,
        get(this: { $1?: string; toString(): string }) {
          return this.$1 ?? this.toString();
        },
        set(this: object, value: string) {
          Object.defineProperty(this, '_serialized', { value, configurable: true, enumerable: true, writable: true });
        },
      });
      return true;
    } catch {
      return false;
    }
  });
}

/** The page's own word on its connection, and whether the library's helpers are still in it. */
export function look(page: Page): Promise<{ state: string; helpers: boolean }> {
  return page.evaluate(() => ({
    state: String((window.require('WAWebSocketModel')['Socket'] as { state: unknown }).state),
    helpers: typeof window.WWebJS !== 'undefined',
  }));
}

/** Which messages are read again after a time without a connection. Instants are seconds since the epoch. */
export interface MissedBounds {
  /** What is older is left, and counted. */
  since: number;
  /** From then on it is not sure that everything was told, also of chats that are marked as read. */
  unsure: number;
  perChat: number;
  chats: number;
}

export interface Missed {
  /** The newest messages of unread chats, oldest first. */
  unread: RawMessage[];
  /** Those of other chats that came while it was not sure. */
  recent: RawMessage[];
  /** How many more are unread. */
  left: number;
}

/** Messages that may never have been told. */
export function missedMessages(page: Page, bounds: MissedBounds): Promise<Missed> {
  return page.evaluate(({ since, unsure, perChat, chats }) => {
    const { Chat } = window.require('WAWebCollections') as unknown as { Chat: { getModelsArray(): ChatModel[] } };
    const [unread, read] = [true, false].map((wanted) =>
      Chat.getModelsArray()
        .filter((chat) => (chat.unreadCount ?? 0) > 0 === wanted)
        .slice(0, chats)
        .map((chat) => ({
          count: wanted ? Math.min(chat.unreadCount ?? 0, perChat) : perChat,
          theirs: chat.msgs.getModelsArray().filter(({ id }) => !id.fromMe),
        })),
    );
    const [unreadModels, recentModels] = [unread ?? [], read ?? []].map((list, index) =>
      list
        .flatMap(({ count, theirs }) => theirs.slice(-count))
        .filter(({ t }) => (t ?? 0) >= (index === 0 ? since : Math.max(since, unsure)))
        .sort((a, b) => (a.t ?? 0) - (b.t ?? 0))
        .flatMap((message) => window.WWebJS?.getMessageModel(message) ?? []),
    );
    const waiting = Chat.getModelsArray().reduce((sum, chat) => sum + (chat.unreadCount ?? 0), 0);
    const found = unreadModels ?? [];
    return { unread: found, recent: recentModels ?? [], left: Math.max(0, waiting - found.length) };
  }, bounds);
}

/** Our own messages in a chat that the page knows: bare id, text and acknowledgement. */
export function ownMessages(
  page: Page,
  chat: string,
  since: number,
): Promise<{ id: string; text: string; ack: number; t: number }[]> {
  return page.evaluate(
    (address, from) => {
      const { Chat } = window.require('WAWebCollections') as unknown as { Chat: { getModelsArray(): ChatModel[] } };
      const found = Chat.getModelsArray().find(({ id }) => id._serialized === address);
      return (found?.msgs.getModelsArray() ?? [])
        .filter(({ id, t }) => id.fromMe && (t ?? 0) >= from)
        .map(({ id, body, caption, ack, t }) => ({ id: id.id, text: caption ?? body ?? '', ack: ack ?? 0, t: t ?? 0 }));
    },
    chat,
    since,
  );
}

/** Marks a chat as read; false when the page did not. */
export const markSeen = (page: Page, chat: string): Promise<boolean> =>
  page.evaluate((address) => window.WWebJS?.sendSeen(address) ?? false, chat);

/** Shows in a chat that an answer is being written; it ends by itself. */
export const showTyping = (page: Page, chat: string): Promise<void> =>
  page.evaluate(async (address) => {
    const compose = window.require('WAWebChatStateBridge')['sendChatStateComposing'] as (wid: unknown) => Promise<void>;
    const wid = window.require('WAWebWidFactory')['createWid'] as (text: string) => unknown;
    await compose(wid(address));
  }, chat);

/** What stands on the button of a dialog that logs new devices out when nobody presses it (summer of 2026). */
const goOn = ['continue', 'lanjutkan', 'lanjut', 'ok', 'oke', 'got it', 'mengerti'];

/** Presses the button that lets WhatsApp Web go on; the heading of a dialog that has none, or undefined when there is none. */
export function passDialog(page: Page): Promise<{ passed: boolean; text: string } | undefined> {
  return page.evaluate((words) => {
    const [dialog] = [...document.querySelectorAll('[role="dialog"]')];
    if (!dialog) return undefined;
    const button = [...document.querySelectorAll('[role="dialog"] button, [role="dialog"] [role="button"]')].find(
      ({ textContent }) => words.includes(textContent.trim().toLowerCase()),
    );
    button?.click();
    return { passed: button !== undefined, text: dialog.textContent.slice(0, 80) };
  }, goOn);
}
