/** The engine alone beside XState doing the same registration, both with their state written and read back each message. */
import { resume, start, type Library, type Session } from '../../src/engine/index.ts';
import { createPeer } from './xstate-registration.ts';

/** The questions of a registration answered the straight way. */
const answers = ['iya', 'Siti Aminah', '1 dan 2', 'palam', 'usaha sendiri', '12', 'iya'];

/** Enough registrations a round that both sides run as compiled as in a process that is up for a day. */
const ROUND = 2_000;

export interface EngineFigures {
  engine_ratio: number;
  engine_us: number;
  peer_us: number;
}

/** Rounds of both in turn, so that a drifting machine does not favour one; the middle ratio counts. */
export function benchEngine(library: Library, rounds: number): EngineFigures {
  const flow = library.flow('register');
  if (!flow) throw new Error('The flow "register" is not there to be timed');
  const peer = createPeer(library.areas, flow.options['crafts'] ?? [], flow.options['business'] ?? []);
  const ours = () => register(library);
  const theirs = () => answers.reduce((stored, text) => peer.message(stored, text), peer.start());
  for (let index = 0; index < ROUND; index++) {
    ours();
    theirs();
  }
  const pairs = Array.from({ length: rounds }, () => ({ ours: time(ours), theirs: time(theirs) }));
  const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  return {
    engine_ratio: middle(pairs.map(({ ours, theirs }) => theirs / ours)),
    engine_us: middle(pairs.map(({ ours }) => ours)),
    peer_us: middle(pairs.map(({ theirs }) => theirs)),
  };
}

/** Microseconds a message. */
function time(registration: () => unknown): number {
  const began = process.hrtime.bigint();
  for (let index = 0; index < ROUND; index++) registration();
  return Number(process.hrtime.bigint() - began) / 1_000 / ROUND / answers.length;
}

function register(library: Library): Session {
  const now = Date.parse('2026-11-25T09:00:00+08:00');
  const begun = start(library, 'register', null, now, { type: 'text', text: 'halo' });
  let session = resume(library, begun.session, { type: 'result', outcome: 'new' }, now).session;
  for (const text of answers) {
    session = JSON.parse(JSON.stringify(session)) as Session;
    const step = resume(library, session, { type: 'text', text }, now);
    session = step.session;
    const call = step.effects.at(-1);
    if (call?.type === 'do')
      session = resume(library, session, { type: 'result', outcome: outcomes[call.action] ?? '' }, now).session;
  }
  return session;
}

/** What the actions of a straight registration answer; no database is asked here. */
const outcomes: Record<string, string> = { 'registration.consent': 'done', 'registration.save': 'saved' };
