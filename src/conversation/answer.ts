/** What a message is answered: by the flows, by staff, by one line of ours, or not at all. */
import { readCommand } from '../understanding/index.ts';
import type { Verdict } from './brake.ts';
import { commitOf, type Committing } from './commit.ts';
import { decide, fail, type Deciding } from './decide.ts';
import type { Commit, Conversation, Inbound } from './ports.ts';
import { staffTurn } from './staff.ts';

export interface Turn {
  deciding: Deciding;
  conversation: Conversation;
  message: Inbound;
  /** Milliseconds since the epoch. */
  now: number;
  at: Committing;
}

/** @param giveUp the message has made our own code fail each time it was tried */
export async function answer(turn: Turn, verdict: Verdict, giveUp: boolean): Promise<Commit> {
  const { deciding, conversation, message, now, at } = turn;
  if (message.staff) return staffTurn(turn, message.staff);
  // Only its beginning is read; staff read the rest.
  if (message.whole !== undefined) {
    const about = { contact: conversation.id, message: message.id, at: now };
    await deciding.cases.open({ ...about, kind: 'long_text', flow: '', node: '' });
  }
  // Staff speak in this chat just now: they see that something has come, and nothing is said by us.
  if (isTakenOver(conversation, now)) {
    await deciding.cases.touch(conversation.id, message.id, now);
    return said(turn, []);
  }
  // A machine speaks: the message is noted as handled, and nothing is said.
  if (verdict === 'silent') return said(turn, []);
  if (verdict === 'last') {
    const about = { contact: conversation.id, message: message.id, at: now };
    await deciding.cases.open({ ...about, kind: 'brake', flow: '', node: '' });
    return said(turn, ['engine.braked']);
  }
  return (giveUp ? fail : decide)(deciding, conversation, message, now, at);
}

export const isTakenOver = ({ takeover }: Pick<Conversation, 'takeover'>, now: number): boolean =>
  (takeover?.until ?? 0) > now;

/** Nothing but these texts of ours; the talk stays where it was. Where nobody answers, a wish for no messages holds all the same. */
function said({ deciding, conversation, message, now, at }: Turn, keys: readonly string[]): Commit {
  const { words, routes } = deciding;
  const drafts = keys.map((key) => ({
    ...words.text(conversation.language, { programme: 'shared', key }, {}),
    ...{ options: [], numbered: false, prompt: false },
  }));
  const stops = message.kind === 'text' && readCommand(message.text ?? '') === 'stop';
  const change = { session: conversation.session, ...(stops && { muted: true }) };
  return commitOf(conversation, message, drafts, now, at, change, routes.library);
}
