/** A span in months as people say it; what may be months or years is asked. */
import { expect, it } from 'vitest';
import { digitsIn, readMonths, readNib } from './index.ts';

const months = (text: string) => {
  const reading = readMonths(text);
  return reading.understood ? reading.value : null;
};

it.each([
  ['24 bulan', 24],
  ['dua tahun', 24],
  ['2 thn', 24],
  ['setahun', 12],
  ['satahun', 12],
  ['1,5 tahun', 18],
  ['setahun setengah', 18],
  ['1 tahun 6 bulan', 18],
  ['setengah tahun', 6],
  ['36', 36],
  ['sekitar 18 bulan bu', 18],
  ['3', null],
  ['lama', null],
  ['', null],
  ['1 atau 2 tahun', null],
  ['2 tahun atau 3 tahun', null],
])('%s is %s', (text, wanted) => expect(months(text)).toBe(wanted));

it('a NIB has thirteen digits, or twelve; two are asked again', () => {
  const nib = (text: string) => {
    const reading = readNib(text);
    return reading.understood ? reading.value : null;
  };
  expect(
    [
      'nib saya 0123456789012',
      '0123 4567 89012',
      '123456789012',
      '12345678901',
      '0123456789012 atau 0123456789013',
    ].map(nib),
  ).toEqual(['0123456789012', '0123456789012', '123456789012', null, null]);
  expect([digitsIn('12345 6'), digitsIn('tidak tahu')]).toEqual([6, 0]);
});
