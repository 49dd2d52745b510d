/**
 * `npm run --silent understand`: JSON lines in (`expect`, `options`, `now`, `past`, `text`; other fields are echoed), each out with
 * `value` and `reason`. A line that cannot be read gives an `error`, and the rest goes on.
 */
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { loadAreas, loadCities } from '../content/office.ts';
import { messageOf } from '../shared/errors.ts';
import { expectKinds, understand } from '../understanding/index.ts';

const lineSchema = z.looseObject({
  expect: z.enum(expectKinds),
  text: z.string(),
  // Fields that do not matter for a kind may be left out or be null.
  options: z.array(z.looseObject({ id: z.string(), label: z.string() })).nullish(),
  // Only its day is read, so its seconds may be missing.
  now: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}(T|$)/, 'an ISO date-time such as 2026-11-25T09:00:00+08:00')
    .nullish(),
  past: z.boolean().nullish(),
});

const places = { areas: loadAreas('flows'), cities: loadCities('flows') };
for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() !== '') process.stdout.write(`${JSON.stringify(answer(line))}\n`);
}

function answer(line: string): object {
  try {
    const question = lineSchema.parse(JSON.parse(line));
    const { expect, text, options, now, past } = question;
    const asked = { expect, text, options: options ?? undefined, now: now ?? undefined, past: past ?? undefined };
    return { ...question, ...understand(asked, places) };
  } catch (error) {
    return { error: error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error), line: line.slice(0, 200) };
  }
}
