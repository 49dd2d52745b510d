/**
 * The life of a connection to WhatsApp, as a table. The library's own events prove little: `ready` may come without a single
 * message ever following, and a browser dies without a word. Pure; `connection.ts` acts on it.
 */
export const states = [
  'off',
  'standby',
  'starting',
  'pairing',
  'syncing',
  'ready',
  'resting',
  'unlinked',
  'refused',
] as const;
export type State = (typeof states)[number];

export type Event =
  | 'start'
  | 'leased'
  | 'lease lost'
  | 'code shown'
  | 'authenticated'
  | 'ready'
  | 'failed'
  | 'fresh start'
  | 'conflict'
  | 'rested'
  | 'logout'
  | 'refusal'
  | 'stop';

/** What each state means, for staff. */
export const meanings: Readonly<Record<State, string>> = {
  off: 'not started',
  standby: 'another process holds the number; this one waits for it to end',
  starting: 'the browser starts and opens WhatsApp Web',
  pairing: 'a code is shown; the office’s phone has to scan or enter it',
  syncing: 'linked; WhatsApp Web loads its chats',
  ready: 'messages come and go',
  resting: 'it failed; the next try comes by itself',
  unlinked: 'the phone has unlinked this device: pair it again',
  refused: 'WhatsApp refuses this number or this client: see docs/whatsapp.md',
};

/** While a browser runs, these may happen at any time. */
const mishaps = {
  failed: 'resting',
  'fresh start': 'resting',
  conflict: 'resting',
  logout: 'unlinked',
  refusal: 'refused',
  'lease lost': 'standby',
  stop: 'off',
} as const;

/** From a state, by an event, to a state. What is not here changes nothing: the library repeats itself. */
export const transitions: Readonly<Record<State, Partial<Record<Event, State>>>> = {
  off: { start: 'standby' },
  standby: { leased: 'starting', stop: 'off' },
  starting: { 'code shown': 'pairing', authenticated: 'syncing', ready: 'ready', ...mishaps },
  pairing: { authenticated: 'syncing', ready: 'ready', ...mishaps },
  // A page that loads again by itself synchronises again; a code that is still shown after that is an old one.
  syncing: { ready: 'ready', ...mishaps },
  ready: { ...mishaps },
  resting: { rested: 'starting', 'lease lost': 'standby', stop: 'off' },
  unlinked: { stop: 'off' },
  refused: { stop: 'off' },
};

/** The state after an event. */
export const next = (state: State, event: Event): State => transitions[state][event] ?? state;

/** States in which a browser is running, or is being started. */
export const hasBrowser = (state: State): boolean => ['starting', 'pairing', 'syncing', 'ready'].includes(state);

/** States that only a person can end. */
export const isFinal = (state: State): boolean => state === 'unlinked' || state === 'refused';

/** What a state of the page, as the library tells it, means to us; others are passing. */
export const pageStates: Readonly<Record<string, Event>> = {
  CONFLICT: 'conflict',
  UNPAIRED: 'logout',
  UNPAIRED_IDLE: 'logout',
  TOS_BLOCK: 'refusal',
  SMB_TOS_BLOCK: 'refusal',
  PROXYBLOCK: 'refusal',
  DEPRECATED_VERSION: 'refusal',
};

/** Times of the life cycle, in milliseconds. */
export interface Timing {
  /** From the start of the browser to a code or a linked page. */
  start: number;
  /** From a linked page to messages. */
  ready: number;
  /** A code that nobody has used by then is not shown any longer; the whole client starts afresh. */
  pairing: number;
  probeEvery: number;
  /** A page that has not answered a question by then is stuck. */
  probe: number;
  /** The first pause after a failure; it doubles up to `longestRest`, for ever. */
  rest: number;
  longestRest: number;
  /** Failures are only over when messages have come and gone for so long. */
  steady: number;
  /** WhatsApp Web is open elsewhere: not before so long it is tried again. */
  conflict: number;
  /** A send that has not ended by then is unknown. */
  send: number;
  /** How long a send waits for the server's word before it is only handed over. */
  ack: number;
  /** Messages of one person that come within this time are put in the order in which they were written. */
  settle: number;
  /** Every so often unread chats are read, for what was never told. */
  missedEvery: number;
  /** A message that cannot be read by then is asked for again. */
  unreadable: number;
}

export const timing: Timing = {
  start: 90_000,
  ready: 120_000,
  pairing: 300_000,
  probeEvery: 30_000,
  probe: 10_000,
  rest: 2_000,
  longestRest: 300_000,
  steady: 60_000,
  conflict: 120_000,
  send: 25_000,
  ack: 5_000,
  settle: 700,
  missedEvery: 180_000,
  unreadable: 20_000,
};

/** How long to rest after so many failures in a row. `chance` is from 0 to 1. */
export function restAfter(failures: number, event: Event, times: Timing, chance: number): number {
  if (event === 'fresh start') return 0;
  const base = Math.min(times.rest * 2 ** Math.max(0, failures - 1), times.longestRest);
  const doubled = event === 'conflict' ? Math.max(base, times.conflict * 2 ** Math.max(0, failures - 1)) : base;
  return Math.min(doubled, Math.max(times.longestRest, times.conflict * 8)) * (0.8 + 0.4 * chance);
}

/** The machine as a Mermaid diagram, for docs/whatsapp.md. */
export function drawMachine(): string {
  const lines = states.flatMap((from) =>
    Object.entries(transitions[from]).map(([event, to]) => `  ${from} --> ${to}: ${event}`),
  );
  return ['stateDiagram-v2', '  [*] --> off', ...lines].join('\n');
}
