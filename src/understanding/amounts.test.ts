/** Money and weight, by table: what is read, and what is rather asked again (null). */
import { describe, expect, it } from 'vitest';
import { readMoney, readWeight, type Reading } from './index.ts';

const value = <T>(reading: Reading<T>): T | null => (reading.understood ? reading.value : null);

describe('money', () => {
  it.each([
    ['satu setengah juta', 1_500_000],
    ['tiga ratus lima puluh ribu', 350_000],
    ['2 juta 3 ratus ribu', 2_300_000],
    ['seratus lima ribu', 105_000],
    ['lima ribu lima ratus', 5_500],
    ['sajuta dua ratus ribu', 1_200_000],
    ['lima juta lima ratus ribu', 5_500_000],
    ['7 juta lima ratus', null],
    ['500rb eh salah 600rb', 600_000],
    ['kalau tidak salah 600rb', 600_000],
    ['bukan 500rb tapi 600rb', 600_000],
    ['dulu 2 juta sekarang 1 juta', 1_000_000],
    ['1-2 juta', null],
    ['antara 1 sampai 2 juta', null],
    ['rp 500', null],
    ['-5000', null],
    ['sejuta lebih', null],
    ['kurang dari 2 juta', null],
    ['kurang lebih 2 juta', 2_000_000],
    ['puluhan juta', null],
    ['100 rb an', 100_000],
    ['kada baisi duit', null],
  ])('%s -> %s', (text, right) => expect(value(readMoney(text))).toBe(right));
});

describe('weight', () => {
  it.each([
    ['sakilu satangah', 1_500],
    ['1kg500', 1_500],
    ['satu ons setengah', 150],
    ['sekilo lebih', null],
    ['2', null],
    ['dua', null],
    ['5 kwintal', null],
  ])('%s -> %s', (text, right) => expect(value(readWeight(text))).toBe(right));
});
