/** The shape of an office command, and what all of them share: flags, a plan shown before it is done, a table or JSON. */
import { parseArgs } from 'node:util';
import type { ProductParts } from '../../parts.ts';
import type { Content } from '../../content/library.ts';
import { StartError } from '../../shared/errors.ts';

/** What a command works with. `now` is milliseconds since the epoch. */
export interface Office {
  parts: ProductParts;
  content: Content;
  now: number;
  /** Nothing is written; what would be done is shown. */
  dry: boolean;
}

export type Row = Record<string, string | number | null>;

export interface Outcome {
  /** One line: what was done, or what would be. */
  said: string;
  rows: readonly Row[];
}

export interface Command {
  /** "events add <file.yaml>". */
  usage: string;
  about: string;
  /** Flags that take a value. */
  flags?: readonly string[];
  /** Flags that are given or not. */
  switches?: readonly string[];
  run(office: Office, words: readonly string[], flags: Readonly<Record<string, string | undefined>>): Promise<Outcome>;
}

/** Flags that every command takes. */
const everywhere = { 'dry-run': { type: 'boolean' }, json: { type: 'boolean' } } as const;

/** @throws StartError for a flag that the command does not take. */
export function readArguments(command: Command, args: readonly string[]) {
  const own: Record<string, { type: 'string' | 'boolean' }> = {};
  for (const name of command.flags ?? []) own[name] = { type: 'string' };
  for (const name of command.switches ?? []) own[name] = { type: 'boolean' };
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...own, ...everywhere },
      allowPositionals: true,
    });
    const { 'dry-run': dry = false, json = false, ...flags } = values as Record<string, string | boolean | undefined>;
    return {
      words: positionals,
      flags: Object.fromEntries(
        Object.entries(flags).map(([name, value]) => [name, value === true ? 'yes' : (value as string | undefined)]),
      ),
      dry: dry === true,
      json: json === true,
    };
  } catch (cause) {
    throw new StartError(`${(cause as Error).message}\nUsage: npm run office -- ${command.usage}`, {}, { cause });
  }
}

/** @throws StartError naming what is missing. */
export function needed(value: string | undefined, what: string, usage: string): string {
  if (value !== undefined && value.trim() !== '') return value.trim();
  throw new StartError(`${what} is missing.\nUsage: npm run office -- ${usage}`);
}

export function print({ said, rows }: Outcome, { json, dry }: { json: boolean; dry: boolean }): void {
  if (json) console.log(JSON.stringify({ said, dryRun: dry, rows }, null, 2));
  else {
    if (rows.length > 0) console.table(rows);
    console.log(dry ? `Nothing was changed (--dry-run). ${said}` : said);
  }
}
