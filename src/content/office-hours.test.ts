import { describe, expect, it } from 'vitest';
import { content } from '../../test/support/engine.ts';
import { dayInWords, officeAt, timeInWords } from './office-hours.ts';
import { officeWords } from './office-words.ts';
import type { Office } from './office.ts';

const office: Office = {
  name: 'Dinas',
  city: 'Banjarbaru',
  timeZone: 'Asia/Makassar',
  sample: true,
  source: 'made up for this test',
  hours: [
    { days: [1, 2, 3, 4], from: '08:00', to: '16:00' },
    { days: [5], from: '08:00', to: '11:30' },
  ],
  cases: { dueMinutes: 240, urgent: [], urgentMinutes: 60, escalateMinutes: 240 },
  takeoverMinutes: 60,
};
const at = (time: string) => Date.parse(time);

describe('the office, in its own time zone', () => {
  it.each([
    ['2026-11-25T09:00:00+08:00', true, 'hari ini', 'pukul empat sore'],
    ['2026-11-25T16:00:00+08:00', false, 'besok, Kamis', 'pukul delapan pagi'],
    ['2026-11-25T07:59:00+08:00', false, 'hari ini', 'pukul delapan pagi'],
    ['2026-11-27T11:00:00+08:00', true, 'hari ini', 'pukul sebelas tiga puluh siang'],
    ['2026-11-27T12:00:00+08:00', false, 'Senin', 'pukul delapan pagi'],
    ['2026-11-24T23:30:00Z', false, 'hari ini', 'pukul delapan pagi'],
  ])('at %s: open %s, until %s, %s', (time, open, day, hour) => {
    const now = officeAt(office, at(time));
    expect([now.open, dayInWords(now.until, at(time)), timeInWords(now.until)]).toEqual([open, day, hour]);
  });
});

it('are told as an example while one tries things out, and not at all where people are served until they are set', () => {
  const now = at('2026-11-25T09:00:00+08:00');
  const told = (sample: boolean, production: boolean) =>
    officeWords({ locales: content.locales, office: { ...office, sample } }, production)(now, 'id')['office_when'];
  expect([told(true, false), told(false, true)].map((text) => text?.includes('pukul empat sore'))).toEqual([
    true,
    true,
  ]);
  expect(told(true, true)).toBe('Petugas membalas di sini waktu kantor buka.');
});
