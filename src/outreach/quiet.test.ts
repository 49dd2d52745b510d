import { describe, expect, it } from 'vitest';
import { loadOutreachSettings } from '../content/outreach-settings.ts';
import { createQuietHours } from './quiet.ts';

const settings = loadOutreachSettings('flows');
const quiet = createQuietHours({ ...settings, timeZone: 'Asia/Makassar' });
const at = (local: string) => Date.parse(`${local}:00+08:00`);

describe('when the product may speak first', () => {
  it.each([
    ['2026-11-25T08:00', true],
    ['2026-11-25T07:59', false],
    ['2026-11-25T19:59', true],
    ['2026-11-25T20:00', false],
    ['2026-11-29T10:00', false], // Sunday
    ['2026-12-25T10:00', false], // Natal
    ['2026-11-27T11:30', false], // Friday prayer
    ['2026-11-27T13:30', true],
  ])('%s: %s', (time, allowed) => expect(quiet.isAllowed(at(time))).toBe(allowed));

  it.each([
    ['2026-11-25T21:00', '2026-11-26T08:00'],
    ['2026-11-28T20:00', '2026-11-30T08:00'],
    ['2026-11-27T12:00', '2026-11-27T13:30'],
    ['2026-12-23T22:00', '2026-12-26T08:00'],
    ['2026-11-25T10:00', '2026-11-25T10:00'],
  ])('what is due at %s goes out at %s', (time, next) => expect(quiet.nextAllowed(at(time))).toBe(at(next)));

  it.each([
    ['2026-11-30T07:00', '2026-11-28T19:30'],
    ['2026-11-27T12:00', '2026-11-27T11:00'],
    ['2026-12-25T09:00', '2026-12-23T19:30'],
    ['2026-11-25T10:00', '2026-11-25T10:00'],
  ])('a reminder that falls on %s moves to %s', (time, before) =>
    expect(quiet.latestAllowed(at(time))).toBe(at(before)),
  );

  it('Ramadan has other hours, from a date to a date', () => {
    const period = {
      from: '2027-02-08',
      to: '2027-03-09',
      name: 'Ramadan',
      hours: { from: '09:00', to: '16:00' },
      pauses: [],
    };
    const fasting = createQuietHours({
      ...settings,
      quiet: { ...settings.quiet, periods: [period] },
      timeZone: 'Asia/Makassar',
    });
    expect(fasting.isAllowed(at('2027-02-08T08:30'))).toBe(false);
    expect(fasting.isAllowed(at('2027-03-09T15:59'))).toBe(true);
    expect(fasting.isAllowed(at('2027-03-10T08:30'))).toBe(true);
  });

  it('is told in the zone of the office, whatever the zone of the server', () => {
    const jakarta = createQuietHours({ ...settings, timeZone: 'Asia/Jakarta' });
    expect(jakarta.isAllowed(at('2026-11-25T08:30'))).toBe(false);
  });
});
