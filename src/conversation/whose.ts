/**
 * Whose a message is, where its addresses lead to conversations of the past. A number may pass to somebody else; an account
 * does not. So nobody is joined with an earlier owner of their number, and nothing of the earlier owner is shown. Pure.
 */
import { LONG_SILENCE, type Conversation } from './ports.ts';

/** What an address is: `account` is one person's for ever, `number` may pass to another. Undefined: nothing is known of it. */
export type AddressKind = (alias: string) => 'account' | 'number' | undefined;

/** A conversation that loses addresses, since somebody else writes from them now. */
export interface Passing {
  id: string;
  /** The revision that was read. */
  revision: number;
  aliases: readonly string[];
  /** Where it is answered from now on; '' where no address is left. */
  address: string;
  /** It was somebody else's, who is on record: staff should know, and the one who writes now is asked who they are. */
  onRecord: boolean;
}

export interface Owned {
  /** The writer's own conversations; several become one. */
  own: readonly Conversation[];
  passing: readonly Passing[];
}

/** @param found every conversation that one of the addresses leads to */
export function whose(
  found: readonly Conversation[],
  aliases: readonly string[],
  kindOf: AddressKind,
  now: number,
): Owned {
  const account = aliases.find((alias) => kindOf(alias) === 'account');
  const certain = found.find((one) => account !== undefined && one.aliases.includes(account));
  const own: Conversation[] = certain ? [certain] : [];
  const others: Conversation[] = [];
  for (const one of found.filter((other) => other !== certain)) {
    const all = [...own, one].flatMap((joined) => joined.aliases).concat(aliases);
    // Who has been silent for so long is not taken over by a talk that goes on elsewhere.
    const stale = own.length > 0 && one.persons.length > 0 && now - (one.heardAt ?? 0) >= LONG_SILENCE;
    if (isOnePerson(all, kindOf) && !stale) own.push(one);
    else others.push(one);
  }
  return {
    own,
    passing: [
      ...others.map((one) => without(one, aliases, one.persons.length > 0)),
      ...own.flatMap((one) => outdated(one, aliases, kindOf)),
    ],
  };
}

/** One account and one number at most. */
function isOnePerson(aliases: readonly string[], kindOf: AddressKind): boolean {
  const kinds = [...new Set(aliases)].flatMap((alias) => kindOf(alias) ?? []);
  return new Set(kinds).size === kinds.length;
}

/** The number that somebody had before they wrote from another one: whoever gets it next is somebody else. */
function outdated(own: Conversation, aliases: readonly string[], kindOf: AddressKind): Passing[] {
  if (!aliases.some((alias) => kindOf(alias) === 'number')) return [];
  const old = own.aliases.filter((alias) => kindOf(alias) === 'number' && !aliases.includes(alias));
  return old.length > 0 ? [without(own, old, false)] : [];
}

function without(one: Conversation, gone: readonly string[], onRecord: boolean): Passing {
  const left = one.aliases.filter((alias) => !gone.includes(alias));
  return {
    ...{ id: one.id, revision: one.revision, onRecord },
    aliases: one.aliases.filter((alias) => gone.includes(alias)),
    address: left.includes(one.address) ? one.address : (left[0] ?? ''),
  };
}
