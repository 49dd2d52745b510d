/** The lint of one text that staff write just now, by the same rules as the shipped texts. */
import { readFileSync } from 'node:fs';
import type { Content } from '../content/library.ts';
import { StartError } from '../shared/errors.ts';
import { checkText } from './text-rules.ts';

export type TextLint = (text: string, bare?: string) => readonly string[];

/**
 * What is hard to read in a text, in words for staff. `bare` is the text without what is put in for each person, such as a
 * name, which is nobody's fault.
 * @throws StartError when the list of known words cannot be read. */
export function createTextLint(content: Content, wordsFile: string): TextLint {
  const known = knownWords(wordsFile, content);
  return (text, bare = text) => checkText({ text, bare }, known).map(({ rule, better }) => `${rule}. ${better}.`);
}

/** Words that everybody knows, names of places among them. @throws StartError when the list cannot be read. */
export function knownWords(file: string, { areas }: Content): ReadonlySet<string> {
  let list: string;
  try {
    list = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new StartError(`${file}: the list of known words cannot be read. Put the file back.`, {}, { cause });
  }
  const words = list
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join(' ');
  const places = areas.map(({ name, district }) => `${name} ${district.name}`).join(' ');
  return new Set(`${words} ${places}`.toLowerCase().match(/\p{L}+/gu) ?? []);
}
