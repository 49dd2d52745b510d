/** Dates by table, told from Wednesday, 25 November 2026. */
import { describe, expect, it } from 'vitest';
import { readDate } from './index.ts';

const today = '2026-11-25';
const value = (text: string, past: boolean): string | null => {
  const reading = readDate(text, { today, past });
  return reading.understood ? reading.value : null;
};

describe('to come', () => {
  it.each([
    ['besok jam 9', '2026-11-26'],
    ['senin depan', '2026-11-30'],
    ['jumat depan', null],
    ['rabu depan', '2026-12-02'],
    ['senin minggu depan', '2026-11-30'],
    ['minggu depan', null],
    ['hari rabu', null],
    ['sabtu ini', '2026-11-28'],
    ['malam rabu', '2026-12-01'],
    ['malam kamis', '2026-11-25'],
    ['jumat, 4 desember', '2026-12-04'],
    ['jumat 28 november', null],
    ['kada kawa isuk, lusa haja', '2026-11-27'],
    ['sebelum tanggal 5', null],
    ['akhir bulan', null],
    ['isuk kah?', null],
    ['3 bulan lagi', '2027-02-25'],
    ['tulat', '2026-11-28'],
    ['tgl 10 bulan depan', '2026-12-10'],
    ['29 februari', null],
    ['imbah isya isuk', '2026-11-26'],
    ['5', null],
  ])('%s -> %s', (text, right) => expect(value(text, false)).toBe(right));
});

describe('behind us', () => {
  it.each([
    ['tgl 7 bln 7 thn 70', '1970-07-07'],
    ['17 augustus 1945', '1945-08-17'],
    ['dua belas maret enam puluh', '1960-03-12'],
    ['lain 5 mei, 6 mei 1970', '1970-05-06'],
    ['5 mei 1970 bukan 6 mei 1970', '1970-05-05'],
    ['lahir hari jumat 5 mei 1970', '1970-05-05'],
    ['maret 1960', null],
    ['umur 60 tahun', null],
    ['besok', null],
    ['10 agustus 1899', null],
  ])('%s -> %s', (text, right) => expect(value(text, true)).toBe(right));
});

it('says what a wrong "today" should look like', () => {
  expect(() => readDate('besok', { today: '25-11-2026', past: false })).toThrow(/write 2026-11-25/);
});
