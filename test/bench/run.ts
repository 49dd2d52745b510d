/**
 * `npm run bench`: the engine beside XState, the turn beside the raw driver, growth from 1,000 to 100,000 contacts, a lone
 * message, memory at rest, texts understood. Prints a report, and as its last line one JSON object. Exits 1 when a bar is missed, 2 when it
 * could not measure. `--short` takes fewer rounds.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { compose, type Product } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/shared/log.ts';
import { connectDatabase, type Database } from '../../src/storage/connect.ts';
import { benchConsole } from './console.ts';
import { benchEngine } from './engine.ts';
import { benchOutreach } from './outreach.ts';
import { benchRules, benchStatus } from './rules.ts';
import { benchUnderstanding } from './understanding.ts';
import { BenchChannel, benchTurns, middle, OurTurns } from './turn.ts';

const short = process.argv.includes('--short');
const rounds = short ? 3 : 9;

/** The bars of DESIGN.md and the issue; `least` or `most`. */
const bars: Record<string, { least?: number; most?: number }> = {
  engine_ratio: { least: 3 },
  turn_ratio_1: { least: 0.7 },
  turn_ratio_256: { least: 0.7 },
  turn_ratio_1000: { least: 0.7 },
  growth: { most: 1.2 },
  round_trips: { most: 4 },
  lone_ms: { most: 25 },
  rest_mb: { most: 200 },
  texts_per_s: { least: 20_000 },
  plan_s: { most: 15 },
  plan_mb: { most: 50 },
  pace_off: { most: 0.02 },
  page_ms: { most: 300 },
  page_calls: { most: 4 },
  rules_per_s: { least: 10_000 },
  status_queries: { most: 2 },
};

/** Collections that are looked at by the clock, whatever the traffic. */
const byTheClock = [
  ...['workers', 'deliveries', 'accounts', 'programme_states', 'rule_values'],
  ...['applications', 'appointments', 'waiting'],
];

try {
  const figures = await measure();
  const missed = Object.entries(bars).filter(([name, bar]) => {
    const figure = figures[name] ?? NaN;
    return !(figure >= (bar.least ?? -Infinity) && figure <= (bar.most ?? Infinity));
  });
  for (const [name, figure] of Object.entries(figures)) {
    const bar = bars[name];
    const wanted = bar === undefined ? '' : bar.least === undefined ? `at most ${bar.most}` : `at least ${bar.least}`;
    console.log(`${name.padEnd(20)} ${String(figure).padStart(10)}  ${wanted}`);
  }
  for (const [name] of missed) console.log(`MISSED: ${name}`);
  console.log(JSON.stringify(figures));
  process.exit(missed.length === 0 ? 0 : 1);
} catch (error) {
  console.error('Could not measure:', error);
  process.exit(2);
}

async function measure(): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'kawan-bench-'));
  const log = createLog('error');
  const config = readConfig({ DATA_DIR: folder, MONGOD_PORT: '27519', PORT: '3519', LOG_LEVEL: 'error' });
  const database = await connectDatabase(config, log, { monitorCommands: true });
  const channel = new BenchChannel();
  let product: Product | undefined;
  try {
    product = await compose({ config, database, log, channels: [channel] });
    const figures: Record<string, number> = {};
    const engine = benchEngine(product.content.library, rounds);
    Object.assign(figures, rounded(engine));
    Object.assign(
      figures,
      benchUnderstanding({ areas: product.content.areas, cities: product.content.cities }, rounds),
    );
    Object.assign(figures, rounded(benchRules(product, rounds)));
    console.log('engine, understanding and rules timed');
    const parts = { product, channel, database };
    for (const [contacts, turns] of [
      [1, short ? 60 : 150],
      [256, 4_096],
      [1_000, 9_000],
    ] as const) {
      const { ratio, turns_per_s } = await benchTurns(parts, contacts, rounds, turns, contacts * 1_000);
      Object.assign(figures, rounded({ [`turn_ratio_${contacts}`]: ratio, [`turns_per_s_${contacts}`]: turns_per_s }));
      console.log(
        `turns of ${contacts} contacts timed: ${Math.round(turns_per_s)} a second, ${ratio.toFixed(2)} of the driver`,
      );
    }
    Object.assign(figures, rounded(await lone(channel, database)));
    Object.assign(figures, await benchStatus(channel, database));
    Object.assign(figures, rounded({ growth: await growth(channel, database) }));
    Object.assign(figures, rounded(await benchOutreach(database.uri, folder, short ? 20_000 : 100_000)));
    console.log('outreach timed');
    const size = short ? { people: 5_000, messages: 50_000 } : { people: 50_000, messages: 1_000_000 };
    Object.assign(figures, rounded(await benchConsole(database.uri, { ...size, rounds: short ? 3 : 11 })));
    return { ...figures, ...rounded({ rest_mb: await restMemory(folder) }) };
  } finally {
    await product?.stop();
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One contact, one message after the other: milliseconds from the message to its answer, and calls to the database a turn. */
async function lone(
  channel: BenchChannel,
  { connection }: Database,
): Promise<{ lone_ms: number; round_trips: number }> {
  const turns = new OurTurns(channel, 1, 7_000_000);
  await turns.open();
  let calls = 0;
  const count = ({ commandName, command }: { commandName: string; command: Record<string, unknown> }) => {
    if (
      ['insert', 'find', 'update', 'delete', 'findAndModify', 'aggregate'].includes(commandName) &&
      !byTheClock.includes(String(command[commandName]))
    )
      calls++;
  };
  connection.getClient().on('commandStarted', count);
  const times: number[] = [];
  for (let index = 0; index < (short ? 60 : 200); index++) {
    const began = process.hrtime.bigint();
    await turns.round(1);
    times.push(Number(process.hrtime.bigint() - began) / 1e6);
  }
  connection.getClient().off('commandStarted', count);
  return { lone_ms: middle(times), round_trips: calls / times.length };
}

/** Cost of a turn among 100,000 contacts over its cost among 1,000, the same contacts talking. */
async function growth(channel: BenchChannel, { connection }: Database): Promise<number> {
  const conversations = connection.collection('conversations');
  const model = await conversations.findOne({ aliases: 'bench:1000000' });
  if (!model) throw new Error('No conversation is there to be copied');
  const turns = new OurTurns(channel, 256, 8_000_000);
  await turns.open();
  await turns.round(16);
  const cost = async () => {
    const samples: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const began = process.hrtime.bigint();
      await turns.round(16);
      samples.push(Number(process.hrtime.bigint() - began));
    }
    return middle(samples);
  };
  const few = await cost();
  for (let from = 0; from < 100_000; from += 5_000) {
    const copies = Array.from({ length: 5_000 }, (_, index) => ({
      ...model,
      _id: `copy:${from + index}`,
      aliases: [`copy:${from + index}`],
    }));
    await conversations.insertMany(copies as never[], { ordered: false });
  }
  console.log('100,000 contacts stored');
  return (await cost()) / few;
}

/** Resident memory of the product a few seconds after its start, in megabytes. */
async function restMemory(folder: string): Promise<number> {
  const env = {
    ...process.env,
    DATA_DIR: join(folder, 'rest'),
    MONGOD_PORT: '27520',
    PORT: '3520',
    LOG_LEVEL: 'error',
  };
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    for await (const line of createInterface({ input: child.stdout })) if (line.includes('is ready')) break;
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes) / 1024;
  } finally {
    child.kill('SIGINT');
    await new Promise((resolve) => child.once('exit', resolve));
  }
}

function rounded(figures: object): Record<string, number> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, figure]) => [name, Math.round(Number(figure) * 1_000) / 1_000]),
  );
}
