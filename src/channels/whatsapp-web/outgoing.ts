/** From our messages to the library's: each is one or two parts, a text, a file or a place on the map. */
import whatsapp from 'whatsapp-web.js';
import type { Client, MessageSendOptions } from 'whatsapp-web.js';
import { numberedText, type OutgoingMessage } from '../channel.ts';
import { keyOf, type Key, type PersonId, type RawKey } from './ids.ts';

/** A stored file: its bytes, and the name that the phone shows. */
export interface OutgoingFile {
  type: string;
  name: string;
  bytes: Buffer;
}

/** What goes out in one piece. `text` is what the phone shows as its words, empty where it shows none. */
export type Part =
  | { kind: 'text'; text: string }
  | { kind: 'file'; text: string; file: OutgoingFile }
  | { kind: 'place'; text: ''; latitude: number; longitude: number };

/** What the library adds to messages by itself: none of it, since each is a further call that may fail. */
const plain: MessageSendOptions = { sendSeen: false, linkPreview: false, parseVCards: false };

/** Sound that plays as a voice note on phones: Opus in an Ogg. Other sound goes as a file. */
const isVoice = (type: string): boolean => type.startsWith('audio/ogg');

/** What phones show by themselves; everything else goes as a document. */
const isShown = (type: string): boolean => /^(image\/(jpeg|png|webp)|video\/mp4|audio\/ogg)/.test(type);

/** The parts of a message, the one with the words last. Options are numbered lines: buttons are not available here. */
export function partsOf(message: OutgoingMessage, file?: OutgoingFile): readonly [...Part[], Part] {
  const text = numberedText(message);
  const words: Part = { kind: 'text', text };
  const { attachment } = message;
  if (attachment?.kind === 'pin')
    return [{ kind: 'place', text: '', latitude: attachment.latitude, longitude: attachment.longitude }, words];
  if (!file) return [words];
  // A voice note has no words of its own; they follow.
  if (text === '' || !isVoice(file.type)) return [{ kind: 'file', text, file }];
  return [{ kind: 'file', text: '', file }, words];
}

/** Hands one part to the page; its key, or undefined when the page did not say (see `shimKeys`). */
export async function sendPart(client: Client, chat: PersonId, part: Part): Promise<Key | undefined> {
  const sent = (await client.sendMessage(chat, ...contentOf(part))) as { id?: RawKey } | null | undefined;
  return sent?.id ? keyOf(sent.id) : undefined;
}

function contentOf(part: Part): [content: Parameters<Client['sendMessage']>[1], options: MessageSendOptions] {
  if (part.kind === 'text') return [part.text, plain];
  if (part.kind === 'place') return [new whatsapp.Location(part.latitude, part.longitude), plain];
  const { type, name, bytes } = part.file;
  const media = new whatsapp.MessageMedia(type, bytes.toString('base64'), name);
  const how = isVoice(type) ? { sendAudioAsVoice: true } : { caption: part.text };
  return [media, { ...plain, ...how, ...(!isShown(type) && { sendMediaAsDocument: true }) }];
}
