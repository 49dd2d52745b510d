/** What is written when a message makes our own code fail each time: the person is told, and the next message goes on. */
import { commitOf, type Committing } from './commit.ts';
import type { Deciding } from './decide.ts';
import type { Commit, Conversation, Inbound } from './ports.ts';

export function apology(
  { words, routes }: Deciding,
  conversation: Conversation,
  message: Inbound,
  now: number,
  at: Committing,
): Commit {
  const text = words.text(conversation.language, { programme: 'shared', key: 'engine.broken' }, {});
  const draft = { text, options: [], numbered: false, prompt: false };
  return commitOf(conversation, message, [draft], now, at, { session: conversation.session }, routes.library);
}
