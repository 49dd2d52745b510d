/** The texts of every language, read from `locales/<lang>/<programme>.json` into i18next. */
import { readdirSync } from 'node:fs';
import i18next, { type i18n } from 'i18next';
import { z } from 'zod';
import { StartError } from '../shared/errors.ts';
import { loadYaml } from './yaml-file.ts';

/** A tree of texts; leaves are texts or, for synonyms, lists of words. */
export type TextTree = { [key: string]: string | string[] | TextTree };

const treeSchema: z.ZodType<TextTree> = z.record(
  z.string(),
  z.union([z.string().min(1, 'a text must not be empty'), z.array(z.string().min(1)), z.lazy(() => treeSchema)]),
);

/** The language that is complete; the others fall back to it, key by key. */
export const mainLanguage = 'id';

export interface Locales {
  languages: readonly string[];
  /** Whether a text exists in that very language (no fallback). */
  has(language: string, programme: string, key: string): boolean;
  /** A text with the names of its values still in it. @throws StartError when the text exists in no language. */
  template(language: string, programme: string, key: string): string;
  /** @throws StartError when the text exists in no language. */
  text(language: string, programme: string, key: string, values: Record<string, string>): string;
  /** The label and synonyms of an option in every language, labels first, Indonesian first. */
  words(programme: string, key: string, labelKey: string): string[];
  /** Every leaf of a namespace as dotted keys. */
  keys(language: string, programme: string): string[];
  programmes(language: string): string[];
}

/**
 * @param more further Indonesian texts by namespace, such as the answers to free questions, which stand in a file of their own
 * @throws StartError naming the file when a locale cannot be read or Indonesian is missing.
 */
export function loadLocales(folder: string, more: Record<string, TextTree> = {}): Locales {
  const languages = subfolders(folder);
  if (!languages.includes(mainLanguage))
    throw new StartError(`${folder}/${mainLanguage}: the Indonesian texts are missing. Put the folder back.`);
  const trees: Record<string, Record<string, TextTree>> = {};
  for (const language of languages) {
    trees[language] = {};
    for (const file of readdirSync(`${folder}/${language}`)
      .filter((name) => name.endsWith('.json'))
      .sort())
      trees[language][file.replace(/\.json$/, '')] = loadYaml(`${folder}/${language}/${file}`, treeSchema).data;
  }
  trees[mainLanguage] = { ...trees[mainLanguage], ...more };
  const texts = createI18n(trees);
  const template = (language: string, programme: string, key: string): string =>
    texts.t(key, { lng: language, ns: programme, skipInterpolation: true });
  const inOrder = [mainLanguage, ...languages.filter((language) => language !== mainLanguage)];
  const leaf = (language: string, programme: string, key: string) => find(trees[language]?.[programme], key);
  return {
    languages,
    has: (language, programme, key) => typeof leaf(language, programme, key) === 'string',
    template,
    text: (language, programme, key, values) => filled(template(language, programme, key), values).join(''),
    words(programme, key, labelKey) {
      const labels = inOrder.flatMap((language) => leaf(language, programme, `${key}.${labelKey}`) ?? []);
      const synonyms = inOrder.flatMap((language) => leaf(language, programme, `${key}.words`) ?? []);
      return [...labels, ...synonyms].filter((word) => typeof word === 'string');
    },
    keys: (language, programme) => leaves(trees[language]?.[programme] ?? {}),
    programmes: (language) => Object.keys(trees[language] ?? {}),
  };
}

/**
 * A template in pieces, each value in its place. Values are never looked into: what a person wrote stands there as it is,
 * whatever signs are in it. A name that nothing is known of stays, for the check of texts to find.
 */
export function filled<T>(template: string, values: Readonly<Record<string, T>>): (string | T)[] {
  return template.split(/\{\{(\w{1,60})\}\}/).map((piece, index) => {
    if (index % 2 === 0) return piece;
    return Object.hasOwn(values, piece) ? (values[piece] as T) : `{{${piece}}}`;
  });
}

function createI18n(trees: Record<string, Record<string, TextTree>>): i18n {
  const texts = i18next.createInstance();
  void texts.init({
    resources: trees,
    initAsync: false,
    showSupportNotice: false,
    fallbackLng: mainLanguage,
    parseMissingKeyHandler: (key) => {
      throw new StartError(`The text "${key}" is in no language. Add it to locales/${mainLanguage}/.`);
    },
  } as Parameters<i18n['init']>[0]);
  return texts;
}

const subfolders = (folder: string): string[] => {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort();
  } catch (cause) {
    throw new StartError(`${folder}: the folder of texts cannot be read. Put it back.`, {}, { cause });
  }
};

function find(tree: TextTree | undefined, key: string): string | string[] | TextTree | undefined {
  let here: string | string[] | TextTree | undefined = tree;
  for (const part of key.split('.')) {
    if (here === undefined || typeof here === 'string' || Array.isArray(here)) return undefined;
    here = Object.hasOwn(here, part) ? here[part] : undefined;
  }
  return here;
}

const leaves = (tree: TextTree, prefix = ''): string[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' || Array.isArray(value) ? [`${prefix}${key}`] : leaves(value, `${prefix}${key}.`),
  );
