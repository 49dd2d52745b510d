/** What applications are given by the product, and whom a conversation is about. */
import type { Answer } from '../../engine/index.ts';
import type { Facts, Held, Requirement } from '../../rules/index.ts';
import type { ActionContext } from '../programme.ts';
import { factsIn } from './answers.ts';
import { factsOf, type Applicant, type Application } from './model.ts';
import type { ApplicationStore } from './store.ts';
import type { Vault } from './vault.ts';

/** How the office works on the applications of a programme, from its programme.yaml. */
export interface Settings {
  rules: readonly string[];
  papers: readonly string[];
  priority: readonly { when: Requirement; points: number }[];
}

export type Deadline = Pick<Application, 'promised'> & { dueAt: Date };

export interface ApplicationParts {
  store: ApplicationStore;
  vault: Vault;
  person(id: string): Promise<Applicant | undefined>;
  /** Undefined where a programme takes no applications. */
  settings(programme: string): Settings | undefined;
  rule(name: string, now: number): Held;
  /** Steps in the order in which they are best taken. */
  steps(): readonly string[];
  /** What meeting a rule is good for, in words. */
  goal(rule: string, language: string): string;
  /** Which flow a step begins with. */
  flowOf(step: string): string | undefined;
  /** By when the office should decide what has come in just now. */
  deadline(programme: string, now: number): Deadline;
  /** "Kamis, 3 Desember". */
  day(at: number): string;
  words(language: string, programme: string, key: string, values: Record<string, string>): string;
  /** What a state is called: in the programme's own words where it has them, since not every decision is the office's. */
  stepWords(language: string, programme: string, key: string): string;
  consents: {
    has(person: string, purpose: string): Promise<boolean>;
    give(consent: {
      key: string;
      person: string;
      contact: ActionContext['contact'];
      purpose: string;
      full: boolean;
      now: number;
    }): Promise<void>;
  };
}

export const text = (value: string): Answer => ({ kind: 'text', text: value });
export const textOf = (answer: Answer | undefined): string => (answer?.kind === 'text' ? answer.text : '');
/** Whom something we said was about; else who speaks. */
export const whoIs = ({ answers, contact }: ActionContext): string =>
  textOf(answers['application.person']) || (contact.persons[0] ?? '');

/** The programme that is meant: the one that the flow names, else its own. */
export const programmeOf = (context: ActionContext): string => context.with['programme'] ?? context.programme;

export const personOf = ({ person }: ApplicationParts, context: ActionContext): Promise<Applicant | undefined> => {
  const id = whoIs(context);
  return id === '' ? Promise.resolve(undefined) : person(id);
};

/** What is on record and what has been told here, up to now. */
export async function gather(parts: ApplicationParts, context: ActionContext): Promise<Facts> {
  const person = await personOf(parts, context);
  const before = person ? factsOf(person, await parts.store.facts(person.id)) : {};
  return { ...before, ...factsIn(context.answers) };
}
