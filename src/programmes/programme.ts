/** What a programme brings in code: its actions, where data is not enough. */
import type { ActionSpec, Answers } from '../engine/index.ts';

/** What an action may know of the conversation that calls it. */
export interface ActionContext {
  /** The same for every repetition of the same call; an action that changes something does it once for one key. */
  key: string;
  /** The contact: a WhatsApp address with its aliases. */
  contact: { id: string; channel: string; language: string; muted: boolean; persons: readonly string[] };
  answers: Answers;
  /** What the flow tells the action beside the answers. */
  with: Readonly<Record<string, string>>;
  /** Of which programme the calling flow is. */
  programme: string;
  /** Milliseconds since the epoch. */
  now: number;
  /** A form lies interrupted beneath the flow that calls. */
  interrupted: boolean;
}

/** What an action changes of the contact; it is part of the turn's one write. */
export interface ContactChange {
  language?: string;
  muted?: boolean;
  persons?: readonly string[];
  /** Whom the messages are for, where several share a phone; '' where nobody does. */
  speaksFor?: string;
}

export interface ActionResult {
  outcome: string;
  /** Merged into the flow's answers. */
  values?: Answers;
  contact?: ContactChange;
}

export interface Action extends ActionSpec {
  /**
   * The programme in which this call begins or claims something new. Where that programme does not run at that very instant,
   * the action is not done and the programme says why. Undefined, or left out: nothing new is begun.
   */
  opens?(context: ActionContext): string | undefined;
  run(context: ActionContext): Promise<ActionResult>;
}

export interface Programme {
  id: string;
  /** By short name: "save" is called as "<id>.save". */
  actions: Readonly<Record<string, Action>>;
  /** Reads what it needs of the files, so that a broken one stops the start. @throws StartError */
  prepare?(): void;
}

/** All actions of all programmes by full name. */
export function actionsOf(programmes: readonly Programme[]): ReadonlyMap<string, Action> {
  return new Map(
    programmes.flatMap(({ id, actions }) => Object.entries(actions).map(([name, action]) => [`${id}.${name}`, action])),
  );
}

/** A delivery as the ledger plans it; `outreach/ports.ts` has its words. */
export interface Plan {
  kind: string;
  thing: string;
  person: string;
  slot: string;
  contact: string;
  channel: string;
  rank: 0 | 1 | 2;
  /** Milliseconds since the epoch, both. */
  due: number;
  until: number;
  dropped?: string;
}
