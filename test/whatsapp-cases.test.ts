/** `whatsapp-cases.md`: no case is missing, and every test that it names exists. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** The ids of the collection; the gaps are its own. */
const cases: Readonly<Record<string, readonly number[]>> = {
  A: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14],
  B: [1, 3, 4, 5, 6, 7, 8, 9],
  C: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17, 18, 19],
  D: [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 13, 14, 15, 16, 17, 19, 20, 21, 23, 24, 25, 26, 27],
  E: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 22, 23, 24, 25, 26, 27],
  F: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 18],
  G: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 18, 19, 20, 21, 22, 23],
  H: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 17, 18, 19],
  I: [1, 2, 3, 4, 6, 7, 9, 10],
};

interface Row {
  ids: string[];
  file: string;
  words: string;
}

/** "G8–G10, G12" as single ids. */
function idsOf(text: string): string[] {
  return text.split(', ').flatMap((part) => {
    const [, letter = '', from = '', to = from] = /^([A-I])(\d+)(?:–[A-I](\d+))?$/.exec(part) ?? [];
    const numbers = cases[letter] ?? [];
    return numbers
      .filter((number) => number >= Number(from) && number <= Number(to))
      .map((number) => letter + String(number));
  });
}

const rows: Row[] = readFileSync('test/whatsapp-cases.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| [A-I]\d/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, ids = '', file = '', words = '']) => ({ ids: idsOf(ids), file, words }));

it('every case is listed once', () => {
  const wanted = Object.entries(cases).flatMap(([letter, numbers]) => numbers.map((number) => letter + String(number)));
  expect(rows.flatMap(({ ids }) => ids).sort()).toEqual(wanted.sort());
});

it.each(rows.filter(({ file }) => file !== ''))('$ids is tested in $file', ({ file, words }) => {
  expect(readFileSync(file, 'utf8').replaceAll('\\', '')).toContain(words);
});

it('every case without a test has its reason', () => {
  for (const { file, words } of rows) if (file === '') expect(words).not.toBe('');
});
