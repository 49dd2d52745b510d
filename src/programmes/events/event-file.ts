/** An event as the office writes it down, and what is made of it. Times in a file are the office's own zone. */
import { DateTime } from 'luxon';
import rrule from 'rrule';
import { z } from 'zod';
import { eventKinds, type EventDate, type EventRecord } from './model.ts';

/** As many days as one event may have. */
export const MOST_DATES = 30;

const time = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d \d\d:\d\d$/, 'a time is written as "2026-12-03 09:00"')
  .refine((text) => DateTime.fromSQL(text).isValid, 'there is no such day or hour');

const hours = z.number().positive().max(14);

export const eventFileSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]{3,40}$/, 'an id is 3 to 40 small letters, digits and dashes'),
    kind: z.enum(eventKinds),
    name: z.string().min(3).max(20).describe('As it stands on a button'),
    about: z.string().min(3).max(160),
    dates: z
      .array(z.strictObject({ start: time, hours }))
      .min(1)
      .max(MOST_DATES)
      .optional(),
    series: z
      .strictObject({
        start: time,
        hours,
        rule: z.string().regex(/^FREQ=[A-Z0-9=;,+-]+$/, 'a rule is written as "FREQ=WEEKLY;COUNT=4"'),
      })
      .optional()
      .describe('A series by the rule of RFC 5545; it must end'),
    place: z.strictObject({
      words: z.string().min(3).max(60).describe('With a landmark: "aula dinas, seberang masjid"'),
      pin: z
        .strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
        .optional(),
      online: z.strictObject({ link: z.url().max(80), phone: z.string().min(5).max(20) }).optional(),
    }),
    places: z.int().min(1).max(10_000).nullable().default(null),
    for: z
      .strictObject({
        crafts: z.array(z.string()).min(1).optional(),
        kelurahan: z.array(z.string()).min(1).optional().describe('Official codes'),
        yearsFrom: z.int().min(0).optional(),
        yearsTo: z.int().min(0).optional(),
        groups: z.boolean().optional(),
        languages: z.array(z.string()).min(1).optional(),
      })
      .default({}),
    bring: z.string().min(2).max(40).optional(),
    picture: z.string().optional().describe('A file beside this one'),
    material: z.union([z.strictObject({ file: z.string() }), z.strictObject({ link: z.url().max(80) })]).optional(),
    code: z
      .string()
      .regex(/^\d{4}$/, 'a code has four digits')
      .optional()
      .describe('The digits on the wall; made up where none are given'),
  })
  .refine((file) => (file.dates === undefined) !== (file.series === undefined), 'give either "dates" or a "series"');
export type EventFile = z.infer<typeof eventFileSchema>;

/** The dates of an event, in order. @throws RangeError when a series does not end, or has too many days. */
export function datesOf({ dates, series }: Pick<EventFile, 'dates' | 'series'>, zone: string): EventDate[] {
  const at = (local: DateTime, length: number): EventDate => {
    const start = local.toMillis();
    return { start, end: start + length * 3_600_000 };
  };
  const here = (text: string) => DateTime.fromSQL(text, { zone });
  if (!series)
    return (dates ?? []).map(({ start, hours: length }) => at(here(start), length)).sort((a, b) => a.start - b.start);
  // The rule is followed on the wall clock of the office: the library is given it as if it were UTC, and it is read back so.
  const rule = new rrule.RRule({
    ...rrule.RRule.parseString(series.rule),
    dtstart: here(series.start).setZone('utc', { keepLocalTime: true }).toJSDate(),
  });
  if (rule.options.count === null && rule.options.until === null)
    throw new RangeError(`The rule "${series.rule}" has no end. Add ;COUNT=4 or ;UNTIL=20271231T000000Z`);
  const found = rule.all((_, index) => index <= MOST_DATES);
  if (found.length > MOST_DATES) throw new RangeError(`The rule "${series.rule}" has more than ${MOST_DATES} days`);
  return found.map((day) =>
    at(DateTime.fromJSDate(day, { zone: 'utc' }).setZone(zone, { keepLocalTime: true }), series.hours),
  );
}

/** @param code the digits on the wall, where the file gives none */
export function eventOf(
  file: EventFile,
  papers: Pick<EventRecord, 'picture' | 'material'>,
  { zone, now, code }: { zone: string; now: number; code: string },
): EventRecord {
  const { id, kind, name, about, place, places, bring } = file;
  const dates = datesOf(file, zone);
  return {
    ...{ _id: id, kind, name, about, places, dates, for: file.for as EventRecord['for'], ...papers },
    place: place as EventRecord['place'],
    bring: bring ?? null,
    code: file.code ?? code,
    ...{ state: 'open', reason: null, notices: [], changedAt: now, createdAt: new Date(now) },
    last: dates.at(-1)?.end ?? 0,
  };
}
