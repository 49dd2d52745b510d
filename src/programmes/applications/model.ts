/** Applications: what a person asks for in a programme, how the office works on it, and which step may follow which. Pure. */
import type { Answers } from '../../engine/index.ts';
import type { Facts, Verdict } from '../../rules/index.ts';

export const applicationStates = ['submitted', 'checking', 'needs', 'approved', 'declined', 'withdrawn'] as const;
export type ApplicationState = (typeof applicationStates)[number];

/** What may follow; a decision can be taken back, with a reason. */
export const following: Readonly<Record<ApplicationState, readonly ApplicationState[]>> = {
  submitted: ['checking', 'needs', 'approved', 'declined', 'withdrawn'],
  checking: ['needs', 'approved', 'declined', 'withdrawn'],
  needs: ['checking', 'approved', 'declined', 'withdrawn'],
  approved: ['checking'],
  declined: ['checking'],
  withdrawn: [],
};

/** Work of the office, or of the person: not at its end. */
export const openStates: readonly ApplicationState[] = ['submitted', 'checking', 'needs'];

/** What the person is told of by itself. */
export const toldStates: readonly ApplicationState[] = ['checking', 'needs', 'approved', 'declined'];

/** One step of the history. `by`: an account, or "person". `rules`: the versions that were used. */
export interface HistoryStep {
  state: ApplicationState;
  at: Date;
  by: string;
  why: string;
  rules: readonly string[];
}

/** What a rule said when the application was made. */
export interface Judged {
  rule: string;
  verdict: Verdict;
  because: readonly string[];
  version: string;
}

/** A paper that was photographed in the chat: the id of the stored file, whose bytes are sealed. */
export interface Paper {
  paper: string;
  file: string;
  type: string;
  at: Date;
}

export interface Application {
  _id: string;
  /** Shown to the person: six digits, no running number. */
  number: string;
  programme: string;
  person: string;
  name: string;
  contact: string;
  channel: string;
  state: ApplicationState;
  /** While it is open: one of a programme a person. */
  open: boolean;
  since: Date;
  /** At most sixty steps. */
  history: HistoryStep[];
  /** What was answered in the chat, so that nothing is asked twice. */
  answers: Answers;
  facts: Facts;
  judged: readonly Judged[];
  papers: Paper[];
  /** What an officer filled in. */
  filled: Readonly<Record<string, string>>;
  /** The end of the last working day in which it should be decided; null when nothing waits for the office. */
  dueAt: Date | null;
  /** The person may be told that day: the office has set how long it takes. */
  promised: boolean;
  priority: number;
  /** Grows with each change: who changes what somebody else has changed meanwhile is told. */
  revision: number;
  /** What has to be told to the person. */
  notice: { state: ApplicationState; number: number; at: number; planned: boolean } | null;
}

/** Steps that are kept of a history. */
export const HISTORY_KEPT = 60;

/** What is known of a person for rules, and what they asked for last. */
export interface PersonFacts {
  _id: string;
  facts: Readonly<Record<string, { value: string | number | boolean; at: Date; by: string }>>;
  /** The rule that they wanted to meet. */
  goal: string | null;
}

/** A person as applications see one. */
export interface Applicant {
  id: string;
  name: string;
  standing: string;
  contact: string;
  channel: string;
  /** Years in the business, where a number was said; "long" where not. */
  years: number | null;
  yearsSaid: string | null;
  group: boolean;
}

/** "lawas": said instead of a number of years, and surely more than any rule asks for. */
const LONG = 120;

/** What rules may ask of a person: what is on record, and what was told beside it. */
export function factsOf(person: Applicant, told: PersonFacts | null): Facts {
  const said = Object.fromEntries(Object.entries(told?.facts ?? {}).map(([name, { value }]) => [name, value]));
  const months =
    person.years === null
      ? person.yearsSaid === 'long'
        ? LONG
        : undefined
      : person.years > 0
        ? person.years * 12
        : undefined;
  return { ...(months !== undefined && { months }), ...said, standing: person.standing, group: person.group };
}
