/**
 * `npm run crash`: the process is killed at every call to the driver and to the channel, before it, on its way and after
 * it, started again, and the conversation is compared with that of an undisturbed run. `--every N` takes each Nth.
 * `broadcast` instead kills two processes that send a broadcast (see `broadcast.ts`; `--recipients N --kills N`).
 * Last line: {"failpoints", "killed", "lost", "doubled"}; exits 1 when something was lost or doubled, or a kill missed.
 */
import { availableParallelism } from 'node:os';
import { crashBroadcast } from './broadcast.ts';
import { phases, type Target } from './failpoints.ts';
import { startServer } from './server.ts';
import { bundle } from './bundle.ts';
import { play, type Outcome, type Place } from './play.ts';

/** Undisturbed runs to compare with, and runs in which a point is looked for before it counts as missed. */
const ATTEMPTS = 5;

const every = Number(process.argv[process.argv.indexOf('--every') + 1] ?? 1) || 1;

const numberAfter = (flag: string, fallback: number): number => {
  const place = process.argv.indexOf(flag);
  return place < 0 ? fallback : Number(process.argv[place + 1]);
};

try {
  process.exitCode = process.argv.includes('broadcast')
    ? await crashBroadcast(numberAfter('--recipients', 10_000), numberAfter('--kills', 50))
    : await crashTurns();
} catch (error) {
  console.error('Could not measure:', error);
  process.exitCode = 2;
}

async function crashTurns(): Promise<number> {
  // First what may fail without leaving a server behind.
  const child = await bundle('test/crash/child.ts');
  const server = await startServer();
  try {
    return await run({ uri: server.uri, child: child.file });
  } finally {
    child.remove();
    await server.stop();
  }
}

async function run(place: Place): Promise<number> {
  const calm = await undisturbed(place);
  const points = calm.labels.length;
  console.log(`${points} failpoints in an undisturbed run, three moments each`);
  const targets = Array.from({ length: points }, (_, index) => index + 1)
    .flatMap((number) => phases.map((phase): Target => ({ number, phase })))
    .filter((_, index) => index % every === 0);
  let killed = 0;
  let lost = 0;
  let doubled = 0;
  let missed = 0;
  let done = 0;
  const queue = [...targets];
  const work = async () => {
    for (let target = queue.shift(); target; target = queue.shift()) {
      const outcome = await strike(place, calm, target);
      const faults = compare(calm, outcome);
      lost += faults.lost;
      doubled += faults.doubled;
      if (outcome.kills === 1) killed++;
      else missed++;
      if (faults.lost + faults.doubled > 0 || outcome.kills !== 1)
        console.log(
          `${target.number} ${target.phase} (${calm.labels[target.number - 1]}): ${faults.words || 'was not reached'}`,
        );
      if (++done % 25 === 0) console.log(`${done} of ${targets.length} done`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));
  console.log(JSON.stringify({ failpoints: points, killed, lost, doubled }));
  return lost + doubled + missed > 0 ? 1 : 0;
}

/**
 * How many messages share a bulk write differs a little from run to run. Of a few undisturbed runs the one with the fewest
 * calls is the measure: each of its points is there in every run.
 */
async function undisturbed(place: Place): Promise<Outcome> {
  const runs: Outcome[] = [];
  while (runs.length < ATTEMPTS) runs.push(await play(place, `calm${runs.length}`));
  if (runs.some(({ complete }) => !complete))
    throw new Error('The undisturbed run does not end; nothing can be compared with it');
  return runs.reduce((fewest, run) => (run.labels.length < fewest.labels.length ? run : fewest));
}

/** Plays until the kill strikes. */
async function strike(place: Place, calm: Outcome, target: Target): Promise<Outcome> {
  const wanted = Math.min(...Object.values(calm.texts).map((texts) => texts.length));
  for (let attempt = 1; ; attempt++) {
    const outcome = await play(place, `k${target.number}${target.phase}${attempt}`, target, wanted);
    if (outcome.kills > 0 || attempt === ATTEMPTS) return outcome;
  }
}

/** Messages that an undisturbed run brought and this one did not, and those that came twice; the stored records likewise. */
function compare(calm: Outcome, outcome: Outcome): { lost: number; doubled: number; words: string } {
  const words: string[] = [];
  let lost = 0;
  let doubled = 0;
  for (const [contact, texts] of Object.entries(calm.texts)) {
    const got = outcome.texts[contact] ?? [];
    const left = [...got];
    for (const text of texts) {
      const at = left.indexOf(text);
      if (at >= 0) left.splice(at, 1);
      else {
        lost++;
        words.push(`${contact} lost "${text.slice(0, 40)}"`);
      }
    }
    doubled += left.length;
    if (left.length > 0) words.push(`${contact} got more: "${left.map((text) => text.slice(0, 40)).join('", "')}"`);
    if (lost === 0 && left.length === 0 && got.join('\n') !== texts.join('\n')) {
      lost++;
      words.push(`${contact} got them in another order`);
    }
  }
  if (JSON.stringify(calm.stored) !== JSON.stringify(outcome.stored)) {
    doubled++;
    words.push(`stored is ${JSON.stringify(outcome.stored)} instead of ${JSON.stringify(calm.stored)}`);
  }
  return { lost, doubled, words: words.join('; ') };
}
