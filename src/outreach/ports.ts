/** What outreach works on and what it needs from outside. `store.ts` keeps it in MongoDB; programmes bring the kinds. */
import type { Aside } from '../conversation/decide.ts';
import type { Conversation } from '../conversation/ports.ts';

/**
 * How far a delivery has come. `planned` waits for its time; `paused` waits for a member of staff; `claimed` belongs to a
 * process for a while; `handed over` is with the channel; `unknown` may or may not have gone out and is never sent again
 * by itself; `dropped` was not sent, for a reason.
 */
export const deliveryStates = [
  'planned',
  'paused',
  'claimed',
  'handed over',
  'confirmed',
  'delivered',
  'read',
  'unknown',
  'failed',
  'dropped',
] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** Something to be sent to one recipient, once. Kind, thing, person and slot are its key. */
export interface DeliveryPlan {
  kind: string;
  /** The event, broadcast or form that it is about. */
  thing: string;
  /** The person that it is for, or the contact where nobody is on record. */
  person: string;
  /** Which of several about the same thing, such as "7d@1764550800000". */
  slot: string;
  /** The conversation to send in, and its channel. */
  contact: string;
  channel: string;
  /** What is sent first when several are due: 0 what cannot wait, 2 what can. */
  rank: 0 | 1 | 2;
  /** When to send it, and from when on it is of no use; milliseconds since the epoch. */
  due: number;
  until: number;
  /** Not to be sent at all, and why: it is written down so that it is counted and shown. */
  dropped?: string;
}

export interface Delivery extends Omit<DeliveryPlan, 'dropped'> {
  /** "d:<kind>:<thing>:<person>:<slot>", also the beginning of the ids of its messages. */
  _id: string;
  state: DeliveryState;
  /** When it came to each state, milliseconds since the epoch. */
  at: Partial<Record<DeliveryState, number>>;
  /** Whose it is until when; the number is a fence: who lost the claim can no longer write. */
  claim?: { worker: string; until: number; number: number };
  reason?: string;
  plannedAt: Date;
}

export const deliveryId = ({ kind, thing, person, slot }: Pick<DeliveryPlan, 'kind' | 'thing' | 'person' | 'slot'>) =>
  `d:${kind}:${thing}:${person}:${slot}`;

/** What a kind says at the moment of sending, or why it does not. */
export type Look = Omit<Aside, 'key' | 'about' | 'owed'> | { refused: string } | { later: number };

/** A kind of delivery. A programme brings it; nothing else is needed to send something new. */
export interface DeliveryKind {
  kind: string;
  /**
   * Whether it is told although a person wants no messages: it answers what they asked of the office, or keeps them from a way
   * in vain. What reminds, invites or asks how it was is not owed.
   */
  owed: boolean;
  /** Looks at everything again: still wanted, still useful, still the same time and place? */
  look(delivery: Delivery, conversation: Conversation, now: number): Promise<Look>;
}

/** Finds out from the data what is due and writes it into the ledger. Doing it twice, or by two processes, is harmless. */
export interface Planner {
  name: string;
  plan(now: number): Promise<void>;
}

/** Whether a person still allows to be written to; a programme that keeps consents knows. */
export interface Consents {
  /** Whether one of these persons does; true where nobody is on record. */
  allows(persons: readonly string[]): Promise<boolean>;
}
