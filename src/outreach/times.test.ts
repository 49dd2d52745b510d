import { expect, it } from 'vitest';
import { loadOutreachSettings } from '../content/outreach-settings.ts';
import { createQuietHours } from './quiet.ts';
import { reminderTimes } from './times.ts';

const settings = loadOutreachSettings('flows');
const quiet = createQuietHours({ ...settings, timeZone: 'Asia/Makassar' });
const at = (local: string) => Date.parse(`${local}:00+08:00`);
const timesOf = (start: string) =>
  reminderTimes(settings, quiet, at(start)).map(({ slot, due, until, merged }) => ({
    slot,
    due: new Date(due + 8 * 3_600_000).toISOString().slice(0, 16),
    until: new Date(until + 8 * 3_600_000).toISOString().slice(0, 16),
    merged,
  }));

it('seven days, one day and two hours before, each of use until the next', () =>
  expect(timesOf('2026-12-10T14:00')).toEqual([
    { slot: '7d', due: '2026-12-03T14:00', until: '2026-12-09T14:00', merged: false },
    { slot: '1d', due: '2026-12-09T14:00', until: '2026-12-10T12:00', merged: false },
    { slot: '2h', due: '2026-12-10T12:00', until: '2026-12-10T13:45', merged: false },
  ]));

it('before a Monday morning the last two fall on Saturday evening, and are one', () =>
  expect(timesOf('2026-12-14T09:00')).toEqual([
    { slot: '7d', due: '2026-12-07T09:00', until: '2026-12-12T19:30', merged: false },
    { slot: '1d', due: '2026-12-12T19:30', until: '2026-12-14T08:45', merged: false },
    { slot: '2h', due: '2026-12-12T19:30', until: '2026-12-14T08:45', merged: true },
  ]));
