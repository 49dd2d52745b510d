/**
 * WhatsApp's addresses. Only the part behind "@" says what an address is; its digits are never cut off, glued to another
 * server or taken for a phone number (a "lid" may have as many digits as one).
 */
import { KawanError } from '../../shared/errors.ts';

export type IdKind = 'phone' | 'lid' | 'group' | 'newsletter' | 'broadcast' | 'unknown';

/** An address of a person, as the page writes it: "15550100001@c.us" or "900000000000001@lid". */
export type PersonId = string & { readonly person: unique symbol };

const kinds: Readonly<Record<string, IdKind>> = {
  'c.us': 'phone',
  lid: 'lid',
  'g.us': 'group',
  newsletter: 'newsletter',
  broadcast: 'broadcast',
};

/** What an address is; a server that we do not know is "unknown". */
export function kindOf(id: string): IdKind {
  const [user, server, ...rest] = id.split('@');
  return user && server && rest.length === 0 ? (kinds[server] ?? 'unknown') : 'unknown';
}

/** Whether it is one person's. */
export const isPerson = (id: string): id is PersonId =>
  /^\d+(?:[:.]\d+)?@/.test(id) && ['phone', 'lid'].includes(kindOf(id));

const PREFIX = 'wa:';

/** An address as it stands in a conversation's aliases. */
export const aliasOf = (id: PersonId): string => `${PREFIX}${id}`;

/** The address behind an alias. @throws KawanError for anything that is not one person's, such as a group or a status. */
export function idOf(alias: string): PersonId {
  const id = alias.startsWith(PREFIX) ? alias.slice(PREFIX.length) : '';
  if (!isPerson(id)) throw new KawanError('This is no person’s address on WhatsApp', { alias });
  return id;
}

/** A "lid" is one account's; a phone number is given to somebody else when its owner gives it up. */
export function addressKind(alias: string): 'account' | 'number' | undefined {
  const kind = alias.startsWith(PREFIX) ? kindOf(alias.slice(PREFIX.length)) : 'unknown';
  return kind === 'lid' ? 'account' : kind === 'phone' ? 'number' : undefined;
}

/** The key of a message, in the form that the page sends it. Its written form is called differently since July 2026. */
export interface RawKey {
  fromMe?: boolean;
  remote?: string | { _serialized?: string };
  id?: string;
  participant?: string | { _serialized?: string };
  _serialized?: string;
  $1?: string;
}

/** A message's key, whatever the page calls its parts. */
export interface Key {
  fromMe: boolean;
  /** The chat. */
  chat: string;
  /** The bare id: the same, by whichever address the chat is called. */
  id: string;
  written: string;
}

const textOf = (part: RawKey['remote']): string => (typeof part === 'object' ? (part._serialized ?? '') : (part ?? ''));

/** @throws KawanError when the parts that make a key are missing. */
export function keyOf(raw: RawKey): Key {
  const chat = textOf(raw.remote);
  const { id, fromMe = false } = raw;
  if (!id || !chat) throw new KawanError('A message came without its key', { has: Object.keys(raw).join(' ') });
  const participant = textOf(raw.participant);
  const composed = [fromMe, chat, id, ...(participant ? [participant] : [])].join('_');
  return { fromMe, chat, id, written: raw._serialized ?? raw.$1 ?? composed };
}
