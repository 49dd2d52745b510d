import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { datesOf, eventFileSchema, eventOf } from './event-file.ts';
import { isFor, type Craftsman } from './model.ts';
import { calendar, certificate } from './papers.ts';

const zone = 'Asia/Makassar';
const local = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 16);
const starts = (series: { start: string; hours: number; rule: string }) =>
  datesOf({ series }, zone).map(({ start }) => local(start));

describe('the dates of a series, on the wall clock of the office', () => {
  it('every week', () =>
    expect(starts({ start: '2026-12-03 09:00', hours: 3, rule: 'FREQ=WEEKLY;COUNT=3' })).toEqual([
      '2026-12-03T09:00',
      '2026-12-10T09:00',
      '2026-12-17T09:00',
    ]));
  it('every 31st, where a month has one', () =>
    expect(starts({ start: '2026-12-31 08:00', hours: 2, rule: 'FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3' })).toEqual([
      '2026-12-31T08:00',
      '2027-01-31T08:00',
      '2027-03-31T08:00',
    ]));
  it('on the leap day', () =>
    expect(starts({ start: '2028-02-29 19:30', hours: 1, rule: 'FREQ=YEARLY;COUNT=1' })).toEqual(['2028-02-29T19:30']));
  it('without an end is refused', () =>
    expect(() => starts({ start: '2026-12-03 09:00', hours: 3, rule: 'FREQ=WEEKLY' })).toThrow('has no end'));
  it('of too many days is refused', () =>
    expect(() => starts({ start: '2026-12-03 09:00', hours: 3, rule: 'FREQ=DAILY;COUNT=31' })).toThrow('more than 30'));
});

const file = eventFileSchema.parse({
  ...{ id: 'warna-alam', kind: 'training', name: 'Pewarnaan alam', about: 'Belajar mewarnai kain.' },
  ...{ dates: [{ start: '2026-12-03 09:00', hours: 3 }], place: { words: 'aula kantor dinas' } },
});
const event = eventOf(file, { picture: null, material: null }, { zone, now: 0, code: '4821' });

describe('an event file', () => {
  it.each([
    [{ dates: undefined }, 'either'],
    [{ dates: [{ start: '2027-02-29 09:00', hours: 1 }] }, 'no such day'],
    [{ name: 'Pelatihan pewarnaan alami dasar' }, '20'],
    [{ code: '12345' }, 'four digits'],
  ])('%j is refused', (more, words) => {
    const result = eventFileSchema.safeParse({ ...file, for: {}, places: null, ...more });
    expect(JSON.stringify(result.error?.issues)).toContain(words);
  });
});

describe('whom an event is for', () => {
  const weaver: Craftsman = {
    ...{
      id: 'p',
      name: 'Siti',
      crafts: ['purun'],
      kelurahan: '63.72.03.1001',
      group: false,
      years: 12,
      language: 'bjn',
    },
  };
  it.each([
    [{}, true],
    [{ crafts: ['purun', 'rajut'] }, true],
    [{ crafts: ['rajut'] }, false],
    [{ kelurahan: ['63.72.03.1002'] }, false],
    [{ yearsFrom: 12, yearsTo: 12 }, true],
    [{ yearsFrom: 13 }, false],
    [{ groups: true }, false],
    [{ languages: ['bjn'] }, true],
  ])('%j: %s', (wanted, fits) => expect(isFor({ for: wanted }, weaver)).toBe(fits));
  it('who did not say for how many years is not kept out', () =>
    expect(isFor({ for: { yearsFrom: 5 } }, { ...weaver, years: null })).toBe(true));
});

it('a certificate is a picture that can be printed, and shows the name', async () => {
  const bytes = await certificate('Hj. Siti Rahmawati Fatimah', 'Pewarnaan alam', 'Kamis, 3 Desember', 'Dinas');
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 1_654, height: 1_169 });
  const nameless = await certificate('', 'Pewarnaan alam', 'Kamis, 3 Desember', 'Dinas');
  const ink = async (picture: Buffer, top = 440) => {
    const { data } = await sharp(picture)
      .extract({ left: 827, top, width: 700, height: top === 440 ? 130 : 50 })
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return data.filter((value) => value < 120).length;
  };
  expect(await ink(bytes)).toBeGreaterThan(5_000);
  // The day stands there whole: also in the right half of the line.
  expect(await ink(bytes, 835)).toBeGreaterThan(500);
  expect(await ink(nameless)).toBe(0);
});

it('a calendar file holds every date, in universal time', () => {
  const text = calendar(event).toString('utf8');
  expect(text).toContain('DTSTART:20261203T010000Z');
  expect(text).toContain('SUMMARY:Pewarnaan alam');
  expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(1);
});
