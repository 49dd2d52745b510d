/**
 * `npm run rules -- 2026-11-25`: what holds on a day (today where none is named), each value with its source, and what is
 * stale or not known. What the office has published is read where MONGODB_URI names a server or the product is running;
 * else the files alone are told.
 */
import { existsSync } from 'node:fs';
import { readContent } from '../compose.ts';
import { readConfig } from '../config.ts';
import type { Held, HeldValue, Published } from '../rules/index.ts';
import { systemClock } from '../shared/clock.ts';
import { messageOf, StartError } from '../shared/errors.ts';
import { createLog } from '../shared/log.ts';
import { connectDatabase } from '../storage/connect.ts';
import { runningServer } from '../storage/embedded/server.ts';
import { createRuleValues } from '../storage/rule-values.ts';

/** What staff have published; undefined where no database is running. */
async function published(): Promise<Published[] | undefined> {
  const config = readConfig(process.env);
  if (config.MONGODB_URI === undefined && (await runningServer(config.DATA_DIR)) === undefined) return undefined;
  const database = await connectDatabase(config, createLog('error'), { beside: true });
  try {
    return await createRuleValues(database.connection).published();
  } finally {
    await database.close();
  }
}

const why = {
  'not known': 'belum diketahui',
  'low certainty': 'kurang pasti',
  sample: 'CONTOH, belum dipastikan',
} as const;

function lineOf(name: string, { value, range, unknown, sample, source, checked }: HeldValue): string {
  const shown = range
    ? `${String(range.low)} sampai ${String(range.high)}`
    : unknown
      ? `(${why[unknown]})`
      : String(value);
  return `  ${name}: ${shown}${sample && !unknown ? ' CONTOH' : ''}   [${source}, dicek ${checked}]`;
}

function print(held: Held): string[] {
  const { version, values, stale } = held;
  const { title, certainty, checked } = version.source;
  console.log(
    `\n${held.id}   ${version.from ?? 'sejak tidak diketahui'} sampai ${version.to ?? 'sekarang'}   kepastian ${certainty}`,
  );
  console.log(`  sumber: ${title}, dicek ${checked}${stale ? '   PERLU DICEK LAGI' : ''}`);
  for (const [name, value] of Object.entries(values)) console.log(lineOf(name, value));
  return Object.entries(values).flatMap(([name, value]) =>
    value.unknown && !value.range
      ? `${held.rule}.${name}: ${why[value.unknown]}; ${version.asks[name]?.blocks ?? 'angkanya tidak disebut'}`
      : [],
  );
}

try {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const { rules } = readContent();
  const date = process.argv[2] ?? rules.dayOf(systemClock.now());
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || Number.isNaN(Date.parse(date)))
    throw new StartError(`"${date}" is no day. Write it as: npm run rules -- 2026-11-25`);
  const ours = await published();
  const held = [...rules.on(date, ours ?? [], process.env['NODE_ENV'] === 'production').values()];
  console.log(`Yang berlaku pada ${date}${ours ? '' : ' (menurut berkas saja: database tidak berjalan)'}`);
  const unknown = held.flatMap(print);
  console.log(`\nBelum diketahui: ${unknown.length}${unknown.map((line) => `\n  ${line}`).join('')}`);
  const stale = held.filter((one) => one.stale);
  console.log(`Perlu dicek lagi: ${stale.length}${stale.map(({ id }) => `\n  ${id}`).join('')}`);
  console.log(JSON.stringify({ date, rules: held.length, unknown: unknown.length, stale: stale.length }));
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 1;
}
