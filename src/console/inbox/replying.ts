/** What staff send into a talk: words with what they stand for, and files that are what they say they are. */
import { fileTypeFromBuffer } from 'file-type';
import { voiceNote } from './voice.ts';
import type { FileStore } from '../../storage/file-store.ts';
import { Refusal, type Upload } from '../shell/page.tsx';
import type { Translate } from '../shell/words.ts';

/** What stands in a canned reply for what is known only when it is used. */
export const placeholders = ['nama', 'petugas', 'dinas'] as const;

export function fill(text: string, values: Record<(typeof placeholders)[number], string>): string {
  return text.replace(/\{(nama|petugas|dinas)\}/g, (_, name: (typeof placeholders)[number]) => values[name]);
}

/** Names in braces that stand for nothing. */
export const unknownPlaceholders = (text: string): string[] =>
  [...text.matchAll(/\{([^{}]*)\}/g)]
    .map(([, name = '']) => name)
    .filter((name) => !placeholders.includes(name as never));

/** What may be sent, told from the first bytes; for each, the ending that a phone opens it by. */
const allowed: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
  'audio/ogg': 'ogg',
  'audio/ogg; codecs=opus': 'ogg',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/x-m4a': 'm4a',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
};

export interface Sendable {
  kind: 'file';
  id: string;
  type: string;
  name: string;
}

/**
 * Stores a file so that it can be sent. A sound that a browser has recorded becomes a voice note.
 * @throws Refusal when it is no file that may be sent.
 */
export async function keep(files: FileStore, { name, bytes }: Upload, t: Translate): Promise<Sendable> {
  const told = (await fileTypeFromBuffer(bytes))?.mime ?? '';
  const recorded = told === 'video/webm' || told === 'audio/webm';
  const sound = recorded ? await voiceNote(bytes) : undefined;
  if (recorded && !sound) throw new Refusal(t('inbox.noSuchFile'));
  const type = sound ? 'audio/ogg; codecs=opus' : told;
  const ending = allowed[type];
  if (ending === undefined) throw new Refusal(t('inbox.noSuchFile'));
  const kept = { type, name: nameOf(name, ending), bytes: sound ?? bytes };
  return { kind: 'file', id: await files.save(kept), type, name: kept.name };
}

/** A name without a path, without signs that trick the eye, and with the ending that its bytes deserve. */
export function nameOf(given: string, ending: string): string {
  const plain = (given.split(/[\\/]/).at(-1) ?? '')
    .replace(/\.[^.]*$/, '')
    .replace(/[^\p{L}\p{Nd} _-]+/gu, ' ')
    .trim()
    .slice(0, 60);
  return `${plain === '' ? 'berkas' : plain}.${ending}`;
}
