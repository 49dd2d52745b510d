/**
 * What must not be stored as it was written: it is masked and sealed before the first write, and opened again only for the
 * turn that reads it. Pure but for the vault that it is given.
 */
import type { IncomingMessage } from '../channels/channel.ts';
import { HIDDEN, type Hidden } from '../engine/index.ts';
import { findSecrets, maskSecrets } from '../understanding/index.ts';

/** The vault as the turn needs it, and how a stored message loses its words. */
export interface Secrets {
  seal(text: string): string;
  /** Undefined where the key is another one now. */
  open(sealed: string): string | undefined;
  /** Takes the words out of a stored message. Harmless to repeat. */
  forget(message: string): Promise<void>;
}

/** A message as the turn reads it: a block stands for what is hidden, and `hidden` holds it. Never stored. */
export type Opened = IncomingMessage & { hidden?: Hidden };

/** What every mask looks like; see `maskSecrets`. */
const mask = /\[nomor …[^\]]{1,8}\]|\[disembunyikan\]/gu;

/** Stands instead of words that were taken out. */
export const FORGOTTEN = '[disembunyikan]';

/** The message as it may be stored. */
export function guarded<T extends Pick<IncomingMessage, 'text'>>(
  message: T,
  { seal }: Pick<Secrets, 'seal'>,
): T & Pick<IncomingMessage, 'sealed' | 'code'> {
  const secrets = message.text === undefined ? [] : findSecrets(message.text);
  if (secrets.length === 0) return message;
  const numbers = secrets.filter(({ kind }) => kind === 'number').map(({ written }) => seal(written));
  return {
    ...message,
    text: maskSecrets(message.text ?? '', secrets),
    ...(numbers.length > 0 && { sealed: numbers }),
    ...(numbers.length < secrets.length && { code: true as const }),
  };
}

/** The message as the turn reads it. A number whose key is lost stays hidden; then it is asked for again. */
export function opened(message: IncomingMessage, open: Secrets['open']): Opened {
  const { text, sealed = [], code = false } = message;
  if (sealed.length === 0 && !code) return message;
  const numbers = sealed.flatMap((one) => {
    const written = open(one);
    return written === undefined ? [] : [{ written, sealed: one }];
  });
  return { ...message, text: (text ?? '').replace(mask, HIDDEN), hidden: { numbers, code } };
}
