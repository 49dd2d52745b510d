/** Tables of how people choose: by digit, place, label, synonym, amount; one or several. */
import { describe, expect, it } from 'vitest';
import { isExactly, readChoice, readChoices, type Reading } from './index.ts';

const crafts = [
  { id: 'sasirangan', words: ['Kain sasirangan', 'sasirangan', 'kain'] },
  { id: 'purun', words: ['Anyaman purun', 'purun', 'manganyam'] },
  { id: 'rajut', words: ['Rajutan', 'rajut'] },
  { id: 'lain', words: ['Kerajinan lain', 'lain', 'lainnya'] },
];
const value = (reading: Reading<unknown>) => (reading.understood ? reading.value : reading.reason);

describe('a choice', () => {
  it.each([
    ['2', 'purun'],
    ['2.', 'purun'],
    ['(3)', 'rajut'],
    ['no 1', 'sasirangan'],
    ['nomor dua', 'purun'],
    ['nang kadua', 'purun'],
    ['yang terakhir', 'lain'],
    ['sasiramgan', 'sasirangan'],
    ['lain sasirangan, purun', 'purun'],
    ['dulu sasirangan, wahini rajutan', 'rajut'],
    ['11', 'out of range'],
    ['3 purun', 'both'],
    ['sasirangan wan purun', 'several'],
    ['yang mana yang bagus?', 'question'],
  ])('%j is %j', (text, right) => expect(value(readChoice(text, crafts))).toBe(right));

  it.each([
    ['2 juta', 'low'],
    ['10jt', 'low'],
    ['salawi juta', 'middle'],
    ['lima puluh ribu', 'low'],
    ['500 juta', 'high'],
    ['2', 'middle'],
    ['50', 'out of range'],
    ['2 juta atau 30 juta', 'several'],
  ])('of ranges, %j is %j', (text, right) => {
    const ranges = [
      { id: 'low', words: ['Sampai 10 juta'] },
      { id: 'middle', words: ['Di atas 10 sampai 50 juta'] },
      { id: 'high', words: ['Di atas 50 juta'] },
    ];
    expect(value(readChoice(text, ranges))).toBe(right);
  });

  it.each([
    ['oke', 'save'],
    ['kada usah', 'unclear'],
    ['krosyet', 'unclear'],
  ])('of a summary, %j is %j', (text, right) => {
    const options = [
      { id: 'save', words: ['Benar, simpan'] },
      { id: 'change', words: ['Ada yang salah, ubah'] },
      { id: 'cancel', words: ['Batalkan'] },
    ];
    expect(value(readChoice(text, options))).toBe(right);
  });

  it('knows words that stand for each other', () => {
    expect(value(readChoice('krosyet', crafts))).toBe('rajut');
    expect(
      value(
        readChoice('sanayan', [
          { id: 'mon', words: ['Senin'] },
          { id: 'wed', words: ['Rabu'] },
        ]),
      ),
    ).toBe('mon');
  });

  it.each([
    ['1 dan 3', ['sasirangan', 'rajut']],
    ['1,3', ['sasirangan', 'rajut']],
    ['purun wan sasirangan', ['sasirangan', 'purun']],
    ['semuanya', ['sasirangan', 'purun', 'rajut', 'lain']],
    ['2', ['purun']],
    ['1 dan 9', 'out of range'],
  ])('of several, %j is %j', (text, right) => expect(value(readChoices(text, crafts))).toEqual(right));

  it('is exact by digit or by its very words only', () => {
    expect(isExactly('kerajinan lain', crafts)).toBe('lain');
    expect(isExactly('saya membuat purun', crafts)).toBeNull();
    expect(isExactly('9', crafts)).toBeNull();
  });
});
