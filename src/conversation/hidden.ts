/**
 * What comes in, made fit to be stored and read, in one place: numbers and codes are masked and sealed before the first
 * write, our own signs are taken out, and a long text is cut. What is hidden is opened again only for the turn that reads
 * it. Pure but for the vault that it is given.
 */
import type { IncomingMessage } from '../channels/channel.ts';
import { HIDDEN, type Hidden } from '../engine/index.ts';
import { ofContact, ofMessage, type Purpose } from '../shared/purpose.ts';
import { put, unmasked, type Mask, type Wording } from '../shared/sealed-text.ts';
import { findSecrets, LONGEST_TEXT, maskOf } from '../understanding/index.ts';

/** The vault as the turn needs it, and how a stored message loses its words. */
export interface Secrets {
  seal(text: string, purpose: Purpose): string;
  /** Undefined where the key is another one now, or it was sealed for something else. */
  open(sealed: string, purpose: Purpose): string | undefined;
  /** Takes the words out of a stored message. Harmless to repeat. */
  forget(message: string): Promise<void>;
  /** Keeps a text that was cut whole, sealed, for staff; the id of its file. The same text is kept once. */
  keep(text: string): Promise<string>;
}

/** A message as the turn reads it: a block stands for what is hidden, and `hidden` holds it. Never stored. */
export type Opened = IncomingMessage & { hidden?: Hidden };

/** Stands instead of words that were taken out. */
export const FORGOTTEN = '[disembunyikan]';

/** A text as it may be stored. `whole`: all of it, with its masks, where it was longer than what is read. */
export interface Guarded extends Wording {
  whole?: string;
}

/** The file in which a whole text is kept. */
export const wholeFile = { type: 'text/plain; charset=utf-8', name: 'pesan.txt' };

/** @param id our id of the message, for which its numbers are sealed */
export function guarded(text: string, id: string, { seal }: Pick<Secrets, 'seal'>): Guarded {
  // The block is our sign for something hidden; nobody else writes it.
  const written = text.replaceAll(HIDDEN, '');
  const secrets = findSecrets(written);
  const pieces = secrets.flatMap((secret, index): [string, Wording] => {
    const mask = maskOf(secret);
    const sealed = secret.kind === 'number' ? { sealed: seal(secret.written, ofMessage(id)) } : {};
    return [
      written.slice(secrets[index - 1]?.to ?? 0, secret.from),
      { text: mask, masks: [{ from: 0, to: mask.length, ...sealed }] },
    ];
  });
  const all = put(...pieces, written.slice(secrets.at(-1)?.to ?? 0));
  if (all.text.length <= LONGEST_TEXT) return all;
  const end = cutAt(all);
  const masks = all.masks?.filter(({ to }) => to <= end) ?? [];
  return { text: all.text.slice(0, end), ...(masks.length > 0 && { masks }), whole: all.text };
}

/** The words of a message as it may be stored; what is cut of them is kept first. */
export async function wordsOf(
  text: string | undefined,
  id: string,
  secrets: Pick<Secrets, 'seal' | 'keep'>,
): Promise<Pick<IncomingMessage, 'text' | 'masks' | 'whole'>> {
  if (text === undefined) return {};
  const { whole, ...read } = guarded(text, id, secrets);
  return whole === undefined ? read : { ...read, whole: await secrets.keep(whole) };
}

/** Where a long text is cut: never within a mask, nor between the two halves of a sign. */
function cutAt({ text, masks = [] }: Wording): number {
  const split = masks.find(({ from, to }) => from < LONGEST_TEXT && to > LONGEST_TEXT);
  if (split) return split.from;
  return /[\uD800-\uDBFF]/.test(text.charAt(LONGEST_TEXT - 1)) ? LONGEST_TEXT - 1 : LONGEST_TEXT;
}

/**
 * The message as the turn reads it. A number is sealed anew for the contact, whose answer it may become; one whose key is
 * lost stays hidden, and then it is asked for again.
 */
export function opened(
  message: IncomingMessage & { id: string },
  contact: string,
  { open, seal }: Pick<Secrets, 'open' | 'seal'>,
): Opened {
  const { text = '', masks = [] } = message;
  if (masks.length === 0) return message;
  const numbers = masks.flatMap(({ sealed }: Mask) => {
    const written = sealed === undefined ? undefined : open(sealed, ofMessage(message.id));
    return written === undefined ? [] : [{ written, sealed: seal(written, ofContact(contact)) }];
  });
  const code = masks.some(({ sealed }) => sealed === undefined);
  return { ...message, text: unmasked({ text, masks }, () => HIDDEN), hidden: { numbers, code } };
}
