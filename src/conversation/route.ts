/** Where a message goes: the running session, a global word, a keyword, or home. Pure. */
import type { IncomingMessage } from '../channels/channel.ts';
import {
  interrupt,
  isOpen,
  pictures,
  resume,
  start,
  takesWishes,
  topFrame,
  wantsPicture,
  type Answer,
  type Input,
  type Library,
  type Session,
  type Step,
} from '../engine/index.ts';
import {
  isNamed,
  readChoice,
  readCommand,
  readGreeting,
  readIntent,
  readYesNo,
  tokens,
  type Command,
  type Intent,
  type Option,
} from '../understanding/index.ts';
import type { Opened } from './hidden.ts';
import { LONG_SILENCE, type Conversation } from './ports.ts';

/** Flows that begin by themselves: at the first message of all, at later ones, and after a long silence. */
export interface Home {
  first: string;
  later: string;
  identify: string;
  /** At the first message from a number that was somebody else's. */
  newcomer: string;
  /** At a picture that nothing open asks for: it may be a paper that the office waits for. */
  picture: string;
}

/** In a text of more words than this a keyword is not looked for by likeness. */
const LOOSE_WORDS = 6;

export interface Routes {
  library: Library;
  home: Home;
  keywords: readonly Option[];
  /** Words that start a flow only when nothing else is said. */
  exact: readonly Option[];
  /** Which flow a wish starts that is told in a sentence. */
  intents: Readonly<Partial<Record<Intent, string>>>;
}

/** The first step of a turn. `null`: the person wants no messages, and gets one line that says how to begin again. */
export function route(routes: Routes, conversation: Conversation, message: Opened, now: number): Step | null {
  const input = inputOf(conversation, message);
  const command = input.type === 'text' ? readCommand(input.text) : null;
  const { library, home } = routes;
  // Who begins again has answered what should stop; that is not asked any more.
  const session = command === 'start' ? without(conversation.session, library.commands.stop) : conversation.session;
  if (conversation.muted && !isAnswered(library, session, command)) {
    if (command === null || !heardInSilence.has(command)) return null;
    return start(library, library.commands[command] ?? home.later, session, now);
  }
  // Who asks for a person, or for no more messages, with the first word of all gets it; and so after a long silence.
  const urgent = command !== null && atOnce.has(command);
  const first = conversation.newcomer ? home.newcomer : home.first;
  if (conversation.revision === 0 && !urgent) return start(library, first, session, now, input);
  // Nothing that was begun is shown before it is known who writes: it may be somebody else's.
  if (isStrange(conversation, now) && command !== 'stop') {
    const met = input.type === 'media' ? input : undefined;
    return conversation.persons.length > 0
      ? start(library, home.identify, null, now, met)
      : start(library, home.first, null, now, input);
  }
  if (conversation.persons.length > 0 && input.type === 'media' && !wantsPicture(library, session))
    if (input.file && pictures.includes(input.kind)) return pictureCame(routes, session, input.file, now);
  // Where one chooses freely a wish in words goes before the list; in a form nothing is looked for but the answer.
  const current = topFrame(session)?.flow;
  const free =
    command === null &&
    (current === home.later || takesWishes(library, session) || isAsideWish(routes, session, input));
  if (isOpen(session) && !free) return resume(library, session, input, now);
  const wanted = command === null ? wish(routes, input) : library.commands[command];
  if (isOpen(session) && (wanted === undefined || wanted === current)) return resume(library, session, input, now);
  if (wanted === undefined) return start(library, home.later, session, now, input);
  // Chosen in words instead of from the list: it is left, as when its option is taken.
  const left = isOpen(session) ? { ...session, frames: session.frames.slice(0, -1) } : session;
  // A flow that was asked for meets no question, and no question is passed on.
  const step = start(library, wanted, left, now, isGreeting(input) ? input : undefined);
  return command === null ? straightTo(library, step, input, now) : step;
}

/** What counts with the very first word. */
const atOnce: ReadonlySet<Command> = new Set(['human', 'stop', 'leave', 'enough']);

/** What is done for somebody who wants no messages. */
const heardInSilence: ReadonlySet<Command> = new Set(['start', 'human', 'leave', 'delete_data']);

/**
 * Whether somebody who wants no messages answers a question of ours all the same: what should stop, what is told of their own
 * matters although they want no messages, and what they asked for themselves. A global word that leads elsewhere is no answer.
 */
export function isAnswered(library: Library, session: Session | null, command: Command | null): boolean {
  const top = topFrame(session);
  if (!top || (command !== null && !atQuestion.has(command))) return false;
  const { stop, leave, enough, delete_data: erase } = library.commands;
  return top.owed === true || [stop, leave, enough, erase].includes(top.flow);
}

/** Global words that stay at the question. */
const atQuestion: ReadonlySet<Command> = new Set(['back', 'repeat', 'help', 'stop']);

const without = (session: Session | null, flow: string | undefined): Session | null =>
  session && { ...session, frames: session.frames.filter((frame) => frame.flow !== flow) };

/** It is looked where the picture belongs; then what was open goes on. */
function pictureCame(
  { library, home }: Routes,
  session: Session | null,
  file: { id: string; type: string },
  now: number,
) {
  const paper: Answer = { kind: 'file', ...file, name: 'foto' };
  const between = { flow: home.picture, answers: { 'paper.more': paper }, about: `picture ${file.id}` };
  return interrupt(library, between, session, now);
}

/** A message as the engine takes it. A quoted or tapped question that is not the newest one is stale. */
export function inputOf(conversation: Conversation, message: Opened): Input {
  const { prompt, promptBefore } = conversation;
  const below = promptBefore !== undefined && (message.tap?.prompt ?? message.quoted) === promptBefore;
  if (message.kind === 'tap' && message.tap) {
    const stale = message.tap.prompt !== prompt && !below;
    return { type: 'tap', option: message.tap.option, stale, ...(below && { below }) };
  }
  if (message.kind !== 'text' && message.kind !== 'tap') {
    const { id, type = '' } = message.media ?? {};
    return { type: 'media', kind: message.kind, ...(id !== undefined && { file: { id, type } }) };
  }
  const text = message.text ?? '';
  const old = message.quoted !== undefined && message.quoted !== prompt && !below;
  // A bare digit under an old list would be read against the newest one; it is asked again instead.
  if (old && /^[^\p{L}\p{N}]*\p{Nd}{1,2}[^\p{L}\p{N}]*$/u.test(text))
    return { type: 'tap', option: text.trim(), stale: true };
  const { hidden } = message;
  return { type: 'text', text, sent: message.at, ...(below && { below }), ...(hidden && { hidden }) };
}

/** At a question that we put in between, the very words of a wish are one: "hadir" is no answer to "tetap datang?". */
const isAsideWish = ({ keywords, exact }: Routes, session: Session | null, input: Input): boolean =>
  topFrame(session)?.aside === true &&
  input.type === 'text' &&
  readYesNo(input.text).understood === false &&
  (isNamed(input.text, keywords) ?? isNamed(input.text, exact)) !== null;

/** Nobody has written for so long that it may be somebody else by now, and something of the one before is here. */
const isStrange = ({ persons, session, heardAt = session?.askedAt ?? 0 }: Conversation, now: number): boolean =>
  session !== null &&
  (persons.length > 0 || session.kept !== undefined || session.frames.some(({ trail }) => trail.length > 0)) &&
  now - heardAt >= LONG_SILENCE;

/** Who says what they want to know is told it, without first choosing it from a list. */
function straightTo(library: Library, step: Step, input: Input, now: number): Step {
  if (!takesWishes(library, step.session)) return step;
  const further = resume(library, step.session, input, now);
  return topFrame(further.session)?.node === topFrame(step.session)?.node ? step : further;
}

const isGreeting = (input: Input): boolean => input.type !== 'text' || readGreeting(input.text) !== null;

/**
 * The flow that a text asks for: by a keyword in its very words, in a sentence, or by a keyword somewhere in it. Undefined
 * where it asks a question that has an answer.
 */
function wish({ library, keywords, exact, intents }: Routes, input: Input): string | undefined {
  // A number is never a keyword: the list was not on the screen.
  if (input.type !== 'text' || isGreeting(input) || /^\W*\p{Nd}/u.test(input.text)) return undefined;
  const named = isNamed(input.text, keywords) ?? isNamed(input.text, exact);
  if (named !== null) return named;
  const intent = readIntent(input.text);
  // Who asks for a person gets one, not an answer about persons; who gives a place back is not told about places.
  if (intent === 'human' || intent === 'not_coming') return intents[intent];
  if (library.answerTo(input.text)) return undefined;
  if (intent !== null) return intents[intent];
  // A long text that only resembles a keyword somewhere is no wish.
  if (tokens(input.text).length > LOOSE_WORDS) return undefined;
  const reading = readChoice(input.text, keywords);
  return reading.understood ? reading.value : undefined;
}

/**
 * A conversation that nothing is known of yet.
 * @param taken how many of the ids that it would have belong to conversations of earlier owners of the address
 * @param newcomer its number was somebody else's before
 */
export function newConversation(message: IncomingMessage, language: string, taken = 0, newcomer = false): Conversation {
  return {
    id: `${message.channel}:${message.aliases[0]}${taken > 0 ? `#${taken}` : ''}`,
    channel: message.channel,
    aliases: [],
    address: message.aliases[0],
    revision: 0,
    session: null satisfies Session | null,
    language,
    muted: false,
    persons: [],
    outbox: [],
    handled: {},
    ...(newcomer && { newcomer }),
  };
}
