/** Business codes from plain words: the traps of the change from 2020 to 2025, and the score on descriptions of makers. */
import { describe, expect, it } from 'vitest';
import { readContent } from '../src/compose.ts';
import { createKbliFinder, kbliFileSchema } from '../src/programmes/nib/kbli.ts';
import { scoreKbli } from './support/kbli.ts';

const file = readContent().file('nib/kbli.yaml', kbliFileSchema);
const find = createKbliFinder(file);
const codesOf = (words: string) => {
  const { codes, sure } = find(words);
  return [codes[0]?.kbli2020, codes[0]?.kbli2025, sure];
};

it('most descriptions are found, and hardly any is said to be sure and is not', () => {
  const { cases, first, three, wrong } = scoreKbli();
  expect(cases).toBe(120);
  expect(first / cases).toBeGreaterThanOrEqual(0.9);
  expect(three / cases).toBeGreaterThanOrEqual(0.95);
  expect(wrong / cases).toBeLessThanOrEqual(0.02);
});

describe('numbers that mean something else in the other edition (domain.md §1.2)', () => {
  it.each([
    ['a hat of rush is clothing since 2025', 'topi purun', '16292', '14131', false],
    ['batik cloth has the number that printing had', 'batik tulis', '13134', '13133', false],
    ['printing moved', 'sablon kain', '13133', '13132', false],
    ['embroidered clothing does not keep 14302, which is hosiery', 'baju bordir', '14302', '14111', false],
    ['a seller of cloth is never given 47831, which is motorcycles', 'jual kain di pasar', '47511', '47511', true],
    ['sasirangan is not batik, and an officer confirms', 'maulah sasirangan', '13132', '13132', false],
    ['a knitted bag has no home of its own', 'ulun marajut tas', '13924', '15121', false],
  ])('%s', (_, words, old, now, sure) => expect(codesOf(words)).toEqual([old, now, sure]));
});

it('none is said to be sure whose number differs by edition, and a file that says so does not start', () => {
  const differing = file.codes.filter(({ kbli2020, kbli2025 }) => kbli2020 !== kbli2025);
  expect(differing.length).toBeGreaterThan(8);
  expect(differing.filter(({ sure }) => sure)).toEqual([]);
  expect(file.codes.filter(({ sure }) => sure).length).toBeGreaterThan(10);
  const [one] = differing;
  const broken = kbliFileSchema.safeParse({ ...file, codes: [{ ...one, sure: true }] });
  expect(broken.error?.issues[0]?.message).toContain('an officer confirms');
});

it('what no entry knows is not guessed', () => {
  expect(find('jualan pentol bakso')).toEqual({ codes: [], sure: false });
  expect(find('')).toEqual({ codes: [], sure: false });
});
