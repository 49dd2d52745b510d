/** Whom a case is about, where nobody is on record: by the number, or the system itself. */
import { phoneIn } from '../people/mask.ts';
import type { Translate } from '../shell/words.ts';

/** @param contact "channel:address", or the name of a part of the product */
export function whoIs(contact: string, name: string | undefined, t: Translate): string {
  if (name !== undefined) return name;
  const address = contact.includes(':') ? contact.slice(contact.indexOf(':') + 1) : undefined;
  if (address === undefined) return t('inbox.system');
  return phoneIn([address]) ?? t('inbox.unknownPerson');
}
