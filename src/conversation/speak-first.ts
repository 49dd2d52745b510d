/** The turn in which we speak first: in the contact's lane, decided on the conversation as it is now. */
import type { Channel, OutgoingMessage } from '../channels/channel.ts';
import type { Clock } from '../shared/clock.ts';
import { BusyError } from '../shared/errors.ts';
import { asideCommit } from './commit.ts';
import { decideAside, type Aside, type Deciding } from './decide.ts';
import { saidOf, type History } from './history.ts';
import type { Lanes } from './lanes.ts';
import type { Commit, Conversation, ConversationStore, SaidState } from './ports.ts';

/**
 * What is said is written down with the question that it asks, and handed to `send`. Repeated after a crash it writes the
 * same again. `look` may refuse when it sees the conversation; its reason is the outcome. `send` tells what became of it,
 * for the history of the talk; undefined when nothing was said.
 * Throws BusyError while the database or the channel is away.
 */
export type Reach = (
  contact: string,
  look: (conversation: Conversation) => Promise<Aside | { refused: string }>,
  send: (messages: readonly OutgoingMessage[], channel: Channel) => Promise<SaidState | undefined>,
) => Promise<{ refused?: string }>;

export interface ReachParts {
  store: ConversationStore;
  deciding: Deciding;
  lanes: Lanes;
  channels: ReadonlyMap<string, Channel>;
  clock: Clock;
  history: History;
  commit(commit: Commit): Promise<'done' | 'conflict'>;
}

export function createReach({ store, deciding, lanes, channels, clock, history, commit }: ReachParts): Reach {
  const speak: Reach = async (contact, look, send) => {
    for (;;) {
      const conversation = await store.conversation(contact);
      if (!conversation || conversation.address === '') return { refused: 'gone' };
      const channel = channels.get(conversation.channel);
      if (!channel?.isConnected()) throw new BusyError('The channel is away', { channel: conversation.channel });
      const aside = await look(conversation);
      if ('refused' in aside) return aside;
      // Planned before a deploy that took it away: nothing is said, and no form makes room for it.
      if (!deciding.routes.library.flow(aside.flow)) return { refused: 'flow gone' };
      const { drafts, session } = await decideAside(deciding, conversation, aside, clock.now());
      const messages = drafts.map(({ prompt: _prompt, masks: _masks, ...draft }, index): OutgoingMessage => ({
        ...{ id: `${aside.key}/${index + 1}`, to: conversation.address, ...draft },
        ...(aside.cold === true && { cold: true as const }),
      }));
      const prompt = messages[drafts.findLastIndex((draft) => draft.prompt)]?.id;
      // Nothing is asked and nothing is open: the conversation stays as it is.
      const changed = session !== null && (prompt !== undefined || session.frames.length > 0);
      const write = changed && asideCommit(conversation, session, prompt, clock.now(), deciding.routes.library);
      if (write && (await commit(write)) === 'conflict') continue;
      const state = await send(messages, channel);
      if (state !== undefined)
        for (const message of messages) history.add(saidOf({ ...message, at: clock.now() }, conversation, state));
      return {};
    }
  };
  return async (contact, look, send) => {
    const aliases = (await store.conversation(contact))?.aliases ?? [contact];
    return new Promise((resolve, reject) =>
      lanes.push(aliases, () => speak(contact, look, send).then(resolve, reject)),
    );
  };
}
