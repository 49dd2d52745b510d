/** The lint of flows and texts: what a person could stumble over, before any person does. Pure but for the word list. */
import { mainLanguage } from '../content/locales.ts';
import type { Content } from '../content/library.ts';
import { catalogue, type Message } from './catalogue.ts';
import { unlisted } from './figures.ts';
import { checkFlows } from './flow-rules.ts';
import { checkText, lix } from './text-rules.ts';
import { knownWords } from './text.ts';

export { catalogue, type Message } from './catalogue.ts';

/** One thing to mend, in words for somebody who does not program. */
export interface Problem {
  file: string;
  /** A key of a text, or a node of a flow. */
  at: string;
  text: string;
  rule: string;
  better: string;
}

export interface LintReport {
  messages: number;
  problems: Problem[];
  /** LIX over all texts of a language, by language. */
  lix: Record<string, number>;
}

/** Over the whole catalogue of a language LIX stays below this (ux.md §4.3). */
const MEAN_LIX = 22;

/** @throws StartError when the list of known words cannot be read. */
export function lint(content: Content, wordsFile: string): LintReport {
  const known = knownWords(wordsFile, content);
  const messages = catalogue(content);
  const problems = messages.flatMap((message) => problemsOf(message, known));
  problems.push(
    ...checkFlows(content).map(({ file, node, rule, better }) => ({ file, at: node, text: '', rule, better })),
  );
  problems.push(
    ...unlisted(content).map(({ language, at, says }) => ({
      ...{ file: `locales/${language}`, at, text: says, rule: `menyebut angka "${says}" tanpa sumber` },
      better: 'Pakai nilai dari aturan, atau catat di flows/shared/figures.yaml dengan sumbernya',
    })),
  );
  const means = Object.fromEntries(
    content.locales.languages.map((language) => [language, Math.round(lix(sentences(messages, language)) * 10) / 10]),
  );
  const main = means[mainLanguage] ?? 0;
  if (main > MEAN_LIX)
    problems.push({
      file: `locales/${mainLanguage}`,
      at: '',
      text: '',
      rule: `LIX seluruh teks ${main}; paling banyak ${MEAN_LIX}`,
      better: 'Pendekkan kata dan kalimat di teks yang paling panjang',
    });
  return { messages: messages.length, problems, lix: means };
}

function problemsOf(message: Message, known: ReadonlySet<string>): Problem[] {
  const { file, key, text, label } = message;
  if (label) return [];
  const unfilled = /\{\{(\w+)\}\}/.exec(text)?.[1];
  const findings = checkText(message, known);
  if (unfilled !== undefined)
    findings.push({ rule: `memakai nilai "${unfilled}" yang tidak ada`, better: 'Periksa ejaan di antara kurung' });
  return findings.map((finding) => ({ file, at: key, text, ...finding }));
}

const sentences = (messages: readonly Message[], language: string): string =>
  messages
    .filter((message) => message.language === language && !message.label)
    .map(({ bare }) => bare)
    .join('\n');
