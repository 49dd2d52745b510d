/** From WhatsApp's messages to ours. Pure. What is not on the list of kinds is dropped and counted, never guessed. */
import type { IncomingMessage, MediaKind } from '../channel.ts';
import { aliasOf, isPerson, keyOf, kindOf, type Key, type PersonId, type RawKey } from './ids.ts';

/** A message as the page tells it; the fields that we look at. */
export interface RawMessage {
  id: RawKey;
  type?: string;
  subtype?: string | undefined;
  body?: unknown;
  caption?: unknown;
  /** Seconds since the epoch. */
  t?: number;
  directPath?: string | undefined;
  mimetype?: string | undefined;
  size?: number | undefined;
  isStatusV3?: boolean | undefined;
  broadcast?: boolean | undefined;
  isNewMsg?: boolean | undefined;
  /** The bare id of the message that this one quotes. */
  quotedStanzaID?: string | undefined;
  ack?: number | undefined;
}

/** Why something is not taken in. Each has a counter. */
export const drops = [
  'own',
  'status',
  'group',
  'newsletter',
  'broadcast',
  'unknown server',
  'system',
  'unknown type',
  'keyless',
  'encrypted',
  'reaction',
  'vote',
  'group call',
  'burst',
  'repeated',
  'too old',
  'overflow',
] as const;
export type Drop = (typeof drops)[number];

/** What a type is to us: words, one of our kinds of media, or nothing that a person said. */
const types: Readonly<Record<string, 'text' | MediaKind | 'system'>> = {
  ...{
    chat: 'text',
    oversized: 'text',
    buttons_response: 'text',
    list_response: 'text',
    template_button_reply: 'text',
  },
  ...{ ptt: 'voice', audio: 'voice', image: 'photo', video: 'video', document: 'document', sticker: 'sticker' },
  ...{ location: 'location', vcard: 'contact', multi_vcard: 'contact' },
  // While it rings (`rawOfCall`), and the trace that it leaves in the chat.
  ...{ call: 'call', call_log: 'call' },
  ...{ order: 'other', product: 'other', payment: 'other', poll_creation: 'other', groups_v4_invite: 'other' },
  ...{ scheduled_event_creation: 'other', event_creation: 'other', interactive: 'other', native_flow: 'other' },
  ...{ list: 'other', hsm: 'other' },
  // An album is only the frame of its pictures, which come themselves.
  ...{ album: 'system', revoked: 'system', ciphertext: 'system', gp2: 'system', debug: 'system' },
  ...{ e2e_notification: 'system', notification: 'system', notification_template: 'system', protocol: 'system' },
  ...{ broadcast_notification: 'system', reaction: 'system' },
};

/** A message that one person sent to the office. */
export interface Personal {
  raw: RawMessage;
  key: Key;
  chat: PersonId;
}

/** Whether a message is one person's word to the office, and else why not. Own messages are told apart first of all. */
export function personal(raw: RawMessage): Personal | { drop: Drop } {
  let key: Key;
  try {
    key = keyOf(raw.id);
  } catch {
    return { drop: 'keyless' };
  }
  if (key.fromMe) return { drop: 'own' };
  if (raw.isStatusV3 === true || key.chat === 'status@broadcast') return { drop: 'status' };
  if (raw.broadcast === true) return { drop: 'broadcast' };
  const kind = kindOf(key.chat);
  if (kind === 'group' || kind === 'newsletter' || kind === 'broadcast') return { drop: kind };
  return isPerson(key.chat) ? { raw, key, chat: key.chat } : { drop: 'unknown server' };
}

/** A call as the library tells it; the page's address is one of several things. */
export interface LibraryCall {
  id: string;
  from?: RawKey['remote'] | { user?: string; server?: string };
  isGroup?: boolean;
  fromMe?: boolean;
}

/** A call as if it were a message: it says that somebody wants something. @param now milliseconds since the epoch */
export function rawOfCall({ id, from, fromMe = false }: LibraryCall, now: number): RawMessage {
  const parts = typeof from === 'object' && 'user' in from ? `${from.user ?? ''}@${from.server ?? ''}` : undefined;
  const remote = parts ?? (from as RawKey['remote']) ?? '';
  return { id: { fromMe, remote, id: `call:${id}` }, type: 'call', t: Math.floor(now / 1_000) };
}

/** What kind of word it is. An encrypted message says nothing yet. */
export function kindOfMessage({ type = 'unknown' }: RawMessage): 'text' | MediaKind | { drop: Drop } {
  if (type === 'ciphertext') return { drop: 'encrypted' };
  const kind = types[type];
  if (kind === undefined) return { drop: 'unknown type' };
  return kind === 'system' ? { drop: 'system' } : kind;
}

/** The message in our words. `other` is the person's second address, where it is known; `quoted` our id of what is quoted. */
export function translate(
  { raw, key, chat }: Personal,
  kind: 'text' | MediaKind,
  about: { other?: PersonId | undefined; quoted?: string | undefined; media?: IncomingMessage['media'] | undefined },
): IncomingMessage {
  const { other, quoted, media } = about;
  return {
    channel: 'whatsapp-web',
    externalId: key.id,
    aliases: other === undefined ? [aliasOf(chat)] : [aliasOf(chat), aliasOf(other)],
    kind,
    // Of anything but words, the body is a thumbnail or a card in letters and not what the person wrote.
    ...(kind === 'text' && { text: typeof raw.body === 'string' ? raw.body : '' }),
    ...(quoted !== undefined && { quoted }),
    ...(media && { media }),
    at: (raw.t ?? 0) * 1_000,
  };
}

/** Words of an own message as they were given to it; a place and a voice note have none. */
export function ownText(words: unknown, type: string | undefined): string {
  return typeof words === 'string' && type !== 'location' && type !== 'ptt' ? words : '';
}
