/** What is written when a message makes our own code fail each time: the person is told, and the next message goes on. */
import type { Deciding } from './decide.ts';
import type { Commit, Conversation, Inbound } from './ports.ts';

export function apology(
  { words }: Deciding,
  conversation: Conversation,
  message: Inbound,
  now: number,
  at: { worker: string; connected: boolean },
): Commit {
  const { language, muted, persons, session } = conversation;
  const text = words.text(language, { programme: 'shared', key: 'engine.broken' }, {});
  return {
    id: conversation.id,
    channel: conversation.channel,
    expected: conversation.revision,
    set: { address: message.aliases[0], session, language, muted, persons },
    aliases: message.aliases,
    outbox: [
      {
        id: `${message.id}/1`,
        text,
        options: [],
        numbered: false,
        state: at.connected ? 'handed over' : 'queued',
        at: now,
        resend: true,
        worker: at.worker,
      },
    ],
    handled: message.id,
    at: now,
  };
}
