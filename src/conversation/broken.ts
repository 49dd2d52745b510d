/**
 * "Ada yang salah": something of ours is broken at the point where the person stands. They are told and may try again; the
 * second time within an hour ends in a case and a person, whatever the cause, and all that was in progress is left. Pure.
 */
import { leaveAll, type Effect, type Session } from '../engine/index.ts';
import { HOUR } from '../shared/clock.ts';
import type { Conversation } from './ports.ts';

/** What the person is told, by the engine itself and where our own code fails. */
const BROKEN = { programme: 'shared', key: 'engine.broken' } as const;
const HANDED_ON = { programme: 'shared', key: 'engine.handed_on' } as const;

/** So many times in a round; the last one ends it. */
const TIMES = 2;

/** What belongs to one round: a person who was told to try again does so soon, or on another day. Milliseconds. */
const ROUND = HOUR;

/** How often it was said in this round, and when last; milliseconds since the epoch. */
export interface Broken {
  times: number;
  at: number;
}

/** A turn in which our own code failed, as effects. */
export const failure: readonly Effect[] = [
  { type: 'case', kind: 'engine', flow: '', node: '' },
  { type: 'say', before: [], text: BROKEN },
];

/** A turn that says that something is wrong counts; the last one of a round ends it. Every other turn stays as it is. */
export function endRound(
  conversation: Conversation,
  turn: { session: Session | null; effects: readonly Effect[] },
  now: number,
): { session: Session | null; effects: readonly Effect[]; broken?: Broken } {
  if (!turn.effects.some(saysBroken)) return turn;
  const before = conversation.broken;
  const times = before && now - before.at < ROUND ? before.times + 1 : 1;
  const broken = { times, at: now };
  if (times < TIMES) return { ...turn, broken };
  return {
    session: turn.session && leaveAll(turn.session, now),
    // What else the turn wanted to say led here; the cases that it opened stand.
    effects: [
      ...turn.effects.filter(({ type }) => type === 'case' || type === 'hide'),
      { type: 'case', kind: 'broken', flow: '', node: '' },
      { type: 'say', before: [], text: HANDED_ON },
    ],
    broken,
  };
}

const saysBroken = (effect: Effect): boolean =>
  (effect.type === 'say' || effect.type === 'ask') &&
  [...effect.before, effect.text].some(({ key }) => key === BROKEN.key);
