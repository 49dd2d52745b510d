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
  options: z.array(z.looseObject({ id: z.string(), label: z.string() })).optional(),
  now: z.iso.datetime({ offset: true, local: true }).optional(),
  past: z.boolean().optional(),
});

const places = { areas: loadAreas('flows'), cities: loadCities('flows') };
for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() !== '') process.stdout.write(`${JSON.stringify(answer(line))}\n`);
}

function answer(line: string): object {
  try {
    const question = lineSchema.parse(JSON.parse(line));
    return { ...question, ...understand(question, places) };
  } catch (error) {
    return { error: error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error), line: line.slice(0, 200) };
  }
}
