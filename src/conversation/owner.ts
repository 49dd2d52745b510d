/** The conversation in which a message is answered: what is one person's is joined, what has passed to somebody else is parted. */
import type { Channel } from '../channels/channel.ts';
import type { Clock } from '../shared/clock.ts';
import type { Deciding } from './decide.ts';
import { mergeOf } from './merge.ts';
import type { Conversation, ConversationStore, Inbound } from './ports.ts';
import { whose, type Passing } from './whose.ts';

export interface OwnerParts {
  store: ConversationStore;
  deciding: Pick<Deciding, 'cases'>;
  clock: Clock;
}

export interface Owner {
  /** Undefined: nobody has written from here. */
  conversation: Conversation | undefined;
  /** The address was of somebody else on record. */
  newcomer: boolean;
}

/** Joins and parts until one conversation is left, or none; each step is written before what is there is read again. */
export async function ownerOf(
  parts: OwnerParts,
  load: (aliases: readonly string[]) => Promise<readonly Conversation[]>,
  message: Inbound,
  channel: Channel | undefined,
): Promise<Owner> {
  const kindOf = channel?.addressKind ?? (() => undefined);
  let newcomer = false;
  for (;;) {
    const { own, passing } = whose(await load(message.aliases), message.aliases, kindOf, parts.clock.now());
    for (const one of passing) newcomer = (await pass(parts, one, message)) || newcomer;
    if (passing.length > 0) continue;
    if (own.length < 2) return { conversation: own[0], newcomer };
    await parts.store.merge(mergeOf(own));
  }
}

/** True: the address was of somebody on record, so that who writes now is asked who they are. Staff are told. */
async function pass({ store, deciding, clock }: OwnerParts, passing: Passing, message: Inbound): Promise<boolean> {
  if (!(await store.pass(passing)) || !passing.onRecord) return false;
  const about = { contact: passing.id, message: message.id, at: clock.now() };
  await deciding.cases.open({ ...about, kind: 'moved', flow: '', node: '' });
  return true;
}
