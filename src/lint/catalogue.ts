/** Every text that a person may read, in every language, with its longest values: what the lint looks at. */
import type { Content } from '../content/library.ts';
import { createTexts } from '../content/texts.ts';
import type { Answers } from '../engine/index.ts';
import { longestAnswer, longestAnswers, longestWords } from './longest.ts';

export interface Message {
  language: string;
  /** "locales/id/registration.json". */
  file: string;
  key: string;
  text: string;
  /** The same with short values: what is hard in it is ours, not the person's own answer. */
  bare: string;
  /** Stands on a button. */
  label: boolean;
}

/** All leaves of all languages. A text that names a value which nothing brings is shown with its braces. */
export function catalogue(content: Content): Message[] {
  const { locales } = content;
  const texts = createTexts(content);
  return locales.languages.flatMap((language) =>
    locales.programmes(language).flatMap((programme) =>
      locales
        .keys(language, programme)
        .filter((key) => !key.endsWith('.words') && locales.has(language, programme, key))
        .map((key) => ({
          language,
          file: programme === 'faq' ? 'flows/shared/faq.yaml' : `locales/${language}/${programme}.json`,
          key,
          text: texts.text(language, { programme, key, values: valuesFor(content, programme, key) }, longestWords).text,
          bare: texts.text(
            language,
            { programme, key, values: shortened(valuesFor(content, programme, key)) },
            shortWords,
          ).text,
          label: /\.(?:label|field)$/.test(key),
        })),
    ),
  );
}

const SHORT = 'itu';
const shortWords = Object.fromEntries(Object.keys(longestWords).map((name) => [name, SHORT]));
const shortened = (values: Answers): Answers =>
  Object.fromEntries(Object.keys(values).map((name) => [name, { kind: 'text', text: SHORT }]));

/**
 * The answers that a text of a flow may name: its own, and those of the programme's other flows, which an action may bring
 * back. The echo of a question names its own.
 */
function valuesFor(content: Content, programme: string, key: string): Answers {
  const { flows, library } = content;
  const [id = '', name = ''] = key.split('.');
  const flow = library.flow(id);
  if (flow?.programme !== programme) return {};
  const siblings = flows.sources.flatMap((source) =>
    source.programme === programme ? (library.flow(source.file.flow) ?? []) : [],
  );
  const answers = Object.assign({}, ...[...siblings, flow].map((one) => longestAnswers(one, content))) as Answers;
  const node = flow.nodes[name];
  return node && 'ask' in node ? { ...answers, answer: longestAnswer(node, flow, content) } : answers;
}
