/** What staff do in a chat: begin to speak, say something, give it back. Each is a turn, handled once and in order like a message. */
import { commitOf } from './commit.ts';
import { decideAside } from './decide.ts';
import type { Commit, StaffAct } from './ports.ts';
import type { Turn } from './answer.ts';
import type { Draft } from './render.ts';

/** The flow that gives a chat back: it says so, and whatever was open before is asked again. */
const HAND_BACK = 'handback';

export function staffTurn(turn: Turn, act: StaffAct): Promise<Commit> {
  return act.does === 'give back' ? giveBack(turn) : Promise.resolve(speak(turn, act));
}

/** Who begins to speak is named to the person first, once. */
function speak(
  { deciding, conversation, message, now, at }: Turn,
  { by, name, until, does, attachment }: StaffAct,
): Commit {
  const { takeover, language, session } = conversation;
  const goesOn = takeover?.staff === by && takeover.until > now;
  const introduction = deciding.words.text(language, { programme: 'shared', key: 'engine.staff' }, { name }).text;
  const drafts: Draft[] = [
    ...(goesOn ? [] : [plain(introduction)]),
    ...(does === 'say' ? [{ ...plain(message.text ?? ''), ...(attachment && { attachment }) }] : []),
  ];
  const change = { session, takeover: { staff: by, until } };
  return commitOf(conversation, message, drafts, now, at, change, deciding.routes.library);
}

async function giveBack({ deciding, conversation, message, now, at }: Turn): Promise<Commit> {
  const { library } = deciding.routes;
  const { takeover, muted, session: open } = conversation;
  if (!takeover) return commitOf(conversation, message, [], now, at, { session: open }, library);
  // Who wants no messages is given back without a word.
  if (muted) return commitOf(conversation, message, [], now, at, { session: open, takeover: null }, library);
  const aside = { key: message.id, flow: HAND_BACK, answers: {}, about: '' };
  const { drafts, session } = await decideAside(deciding, conversation, aside, now);
  return commitOf(conversation, message, drafts, now, at, { session, takeover: null }, library);
}

const plain = (text: string): Draft => ({ text, options: [], numbered: false, prompt: false });
