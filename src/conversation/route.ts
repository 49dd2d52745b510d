/** Where a message goes: the running session, a global word, a keyword, or home. Pure. */
import type { IncomingMessage } from '../channels/channel.ts';
import { isOpen, resume, start, topFrame, type Input, type Library, type Session, type Step } from '../engine/index.ts';
import { readChoice, readCommand, readGreeting, type Option } from '../understanding/index.ts';
import type { Conversation } from './ports.ts';

export interface Routes {
  library: Library;
  home: { first: string; later: string };
  keywords: readonly Option[];
}

/** The first step of a turn. `null`: the person wants no messages, and gets one line that says how to begin again. */
export function route(routes: Routes, conversation: Conversation, message: IncomingMessage, now: number): Step | null {
  const input = inputOf(conversation, message);
  const command = input.type === 'text' ? readCommand(input.text) : null;
  const { library, home, keywords } = routes;
  const { session } = conversation;
  // What should stop is asked when messages have stopped already; its answer is still taken.
  const muted = conversation.muted && topFrame(session)?.flow !== library.commands.stop;
  if (muted && command !== 'start' && command !== 'human') return null;
  if (muted) return start(library, library.commands[command ?? 'start'] ?? home.later, session, now);
  if (conversation.revision === 0) return start(library, home.first, session, now, input);
  if (isOpen(session)) return resume(library, session, input, now);
  const flow = command === null ? keyword(keywords, input) : library.commands[command];
  return start(library, flow ?? home.later, session, now, input);
}

/** A message as the engine takes it. A quoted or tapped question that is not the newest one is stale. */
export function inputOf(conversation: Conversation, message: IncomingMessage): Input {
  if (message.kind === 'tap' && message.tap)
    return { type: 'tap', option: message.tap.option, stale: message.tap.prompt !== conversation.prompt };
  if (message.kind !== 'text' && message.kind !== 'tap') return { type: 'media', kind: message.kind };
  const text = message.text ?? '';
  const old = message.quoted !== undefined && message.quoted !== conversation.prompt;
  // A bare digit under an old list would be read against the newest one; it is asked again instead.
  if (old && /^\W*\p{Nd}{1,2}\W*$/u.test(text)) return { type: 'tap', option: text.trim(), stale: true };
  return { type: 'text', text };
}

function keyword(keywords: readonly Option[], input: Input): string | undefined {
  if (input.type !== 'text' || readGreeting(input.text) !== null) return undefined;
  const reading = readChoice(input.text, keywords);
  // A number is never a keyword: the list was not on the screen.
  return reading.understood && !/^\W*\p{Nd}/u.test(input.text) ? reading.value : undefined;
}

/** A conversation that nothing is known of yet. */
export function newConversation(message: IncomingMessage, language: string): Conversation {
  return {
    id: `${message.channel}:${message.aliases[0]}`,
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
  };
}
