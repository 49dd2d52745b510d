/** A value that there is none of never leaves an empty place in a text, in whatever text and language it is named. */
import { expect, it } from 'vitest';
import { content } from '../../test/support/engine.ts';
import { longestWords } from '../lint/longest.ts';
import { createTexts } from './texts.ts';

const texts = createTexts(content);
const { locales } = content;

/** A text that is nothing but the value is that value's own: it is only said where there is one. */
const isBareValue = (text: string): boolean => !/\p{L}{4,}/u.test(text.replace(/\{\{\w+\}\}/g, ''));

/** Every text with every value that it names, and something to say beside it. */
const named = locales.languages.flatMap((language) =>
  locales.programmes(language).flatMap((programme) =>
    locales
      .keys(language, programme)
      .filter((key) => !key.endsWith('.words') && locales.has(language, programme, key))
      .filter((key) => !isBareValue(locales.template(language, programme, key)))
      .flatMap((key) => {
        const bare = locales.template(language, programme, key);
        return [...new Set([...bare.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name))].map((gone) => ({
          ...{ language, programme, key, gone },
        }));
      }),
  ),
);

const shown = ({ language, programme, key, gone }: (typeof named)[number], value: string): string =>
  texts.text(language, { programme, key, values: { [`x.${gone}`]: { kind: 'text', text: value } } }, longestWords).text;

const dayPieces = ['until', 'promise.day'];

it('finds the texts that name a value', () => expect(named.length).toBeGreaterThan(100));

it('says what can be said without it, and shows no place where it would stand', () => {
  // Pieces that are only put there with their day.
  const gaps = named.filter((one) => {
    if (dayPieces.includes(one.key)) return false;
    const text = shown(one, '');
    return text.trim() === '' || /\0|\*\*|:\s*[.,]|(?:^|\s)[.,]|\s{2,}(?!\n)|,\s*$/u.test(text);
  });
  expect(gaps.map((one) => `${one.language}/${one.programme} ${one.key} {{${one.gone}}}: ${shown(one, '')}`)).toEqual(
    [],
  );
});

it('names a day of the office in no text but the two pieces that stand there only when it is promised', () => {
  const inWords = /paling (?:lambat|lawas)/u;
  const promising = named.filter(({ gone }) => gone === 'promise');
  expect(promising.length).toBeGreaterThan(12);
  for (const one of promising) expect(shown(one, 'Nanti ada kabar di sini.')).not.toMatch(inWords);
  const telling = named.filter((one) => inWords.test(shown(one, 'Rabu, 2 Desember')) && one.gone === 'until');
  expect(new Set(telling.map(({ key }) => key))).toEqual(new Set(dayPieces));
  expect(named.filter(({ gone, key }) => gone === 'until' && !dayPieces.includes(key))).toEqual([]);
});

it('keeps a sentence to which a missing reason would only add', () => {
  const ref = {
    programme: 'shared',
    key: 'programme_closed.told',
    values: { 'programme.reason': { kind: 'text' as const, text: '' } },
  };
  expect(texts.text('id', ref, { name: 'KUR' }).text).toBe('*KUR* sudah ditutup. Untuk yang lain, ketik *menu*.');
});
