/** `flows/shared/outreach.yaml` and `holidays.yaml`: when the product may speak first, and how fast. */
import { z } from 'zod';
import { span } from '../shared/span.ts';
import { loadYaml } from './yaml-file.ts';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time is written as "08:00"');
const date = z.iso.date('a date is written as "2026-12-31"');
const days = z.array(z.int().min(1).max(7)).min(1);
const hours = z.strictObject({ from: time, to: time }).refine(({ from, to }) => from < to, '"from" is before "to"');

const slot = z.string().regex(/^[0-9a-z]+$/, 'a slot is lower-case letters and digits');
const rising = (list: readonly number[]): boolean => list.every((one, at) => at === 0 || one > (list[at - 1] ?? 0));

const settingsSchema = z.strictObject({
  source: z.string().min(1),
  quiet: z.strictObject({
    days: days.describe('Days on which something may be sent; 1 is Monday'),
    hours,
    pauses: z.array(z.strictObject({ days, from: time, to: time })).default([]),
    periods: z
      .array(
        z.strictObject({ from: date, to: date, name: z.string().min(1), hours, pauses: z.array(hours).default([]) }),
      )
      .default([])
      .describe('Other hours from a date to a date, both included'),
    roomMinutes: z.int().min(0).max(240),
  }),
  reminders: z
    .array(z.strictObject({ slot, before: span }))
    .min(1)
    .refine((list) => rising(list.map(({ before }) => -before)), 'the earliest reminder stands first'),
  nudges: z
    .array(z.strictObject({ slot, after: span }))
    .refine((list) => rising(list.map(({ after }) => after)), 'the first nudge stands first'),
  pace: z.strictObject({
    perMinute: z.number().positive(),
    jitter: z.number().min(0).max(0.9),
    daily: z.int().min(1),
    warmUp: z.array(z.int().min(1)).default([]),
    broadcastShare: z.number().gt(0).max(1),
  }),
  broadcasts: z.strictObject({ secondFrom: z.int().min(1), failing: z.int().min(1), window: z.int().min(1) }),
});

const holidaysSchema = z.strictObject({
  years: z.array(
    z.strictObject({
      year: z.int().min(2000).max(2200),
      source: z.string().min(1),
      days: z.array(z.strictObject({ on: date, name: z.string().min(1) })).min(1),
    }),
  ),
});

/** Everything about sending by ourselves. Spans are milliseconds; times of day are the office's own zone. */
export type OutreachSettings = z.infer<typeof settingsSchema> & {
  /** Days on which nothing is sent, "2026-12-25". */
  holidays: ReadonlySet<string>;
  /** Years of which the office has given a list. */
  holidayYears: ReadonlySet<number>;
};

/** @throws StartError naming file, line and what is wrong. */
export function loadOutreachSettings(folder: string): OutreachSettings {
  const settings = loadYaml(
    `${folder}/shared/outreach.yaml`,
    settingsSchema as z.ZodType<z.infer<typeof settingsSchema>>,
  );
  const { years } = loadYaml(
    `${folder}/shared/holidays.yaml`,
    holidaysSchema as z.ZodType<z.infer<typeof holidaysSchema>>,
  ).data;
  return {
    ...settings.data,
    holidays: new Set(years.flatMap((year) => year.days.map(({ on }) => on))),
    holidayYears: new Set(years.map(({ year }) => year)),
  };
}
