/** What wakes a session: something the person sent, or the result of an action. */
import type { TextRef } from './effect.ts';
import type { Answers } from './session.ts';

/** Kinds of message that are not words. Each is stored, thanked and routed, never an error (conversation rule 6). */
export const mediaKinds = [
  'voice',
  'photo',
  'video',
  'document',
  'sticker',
  'location',
  'contact',
  'call',
  'other',
  'unreadable',
  'edited',
  'deleted',
] as const;
export type MediaKind = (typeof mediaKinds)[number];

/** What of a text was hidden before anything read it; in `text` a block stands for each. Never stored. */
export interface Hidden {
  /** A number as long as that of an identity card: its digits, and as it may be stored. */
  numbers: readonly { written: string; sealed: string }[];
  /** A password or a code was there. */
  code: boolean;
}

/** Stands in a text where something is hidden. */
export const HIDDEN = '█';

export type Input =
  /** `sent`: when, milliseconds since the epoch. `below`: it quotes the question beneath one that we put in between. */
  | { type: 'text'; text: string; sent?: number; below?: boolean; hidden?: Hidden }
  /** A tapped option. `stale`: it belongs to a prompt that is no longer the newest. */
  | { type: 'tap'; option: string; stale: boolean; below?: boolean }
  | { type: 'media'; kind: MediaKind; file?: { id: string; type: string } }
  /** Outcome of the `do` that the session waits for; values are merged into the answers. */
  | { type: 'result'; outcome: string; values?: Answers; before?: readonly TextRef[] }
  /** The `do` that the session waits for may not be done just now; this flow says why. */
  | { type: 'refused'; flow: string; answers: Answers; before?: readonly TextRef[] };

/** What a person sent. */
export type Message = Extract<Input, { type: 'text' | 'tap' | 'media' }>;
