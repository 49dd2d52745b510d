/** Why a rule says what it says, in words, with the limits as they hold just now. Pure. */
import { limitOf, type Held } from '../../rules/index.ts';

/** @param words the text of one condition, whose limit is called {{limit}} */
export function reasonsIn(
  held: Held,
  because: readonly string[],
  words: (id: string, values: Record<string, string>) => string,
): string[] {
  const told = because.map((id) => words(id, { limit: (limitOf(held, id) ?? 0).toLocaleString('id-ID') }));
  return [...new Set(told)];
}
