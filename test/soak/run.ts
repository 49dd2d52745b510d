/**
 * `npm run soak`: people talk to the product on WhatsApp, the library in a real browser on the stub of the page, while pages
 * and browsers die, the network goes, messages come twice and in disorder, and sends fail. What each phone received is held
 * against the same talk without any fault. `--messages N --people N --seed N` changes the run.
 * Last line: {"sent", "answered", "lost", "doubled", "unknown", "out_of_order", "rss_growth_mb", "unhandled"}.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startServer } from '../crash/server.ts';
import { expectedTalks } from './expected.ts';
import { faults } from './faults.ts';
import { soak, type Outcome } from './soak.ts';

/** The bar for the growth of the process, in megabytes. */
const GROWTH = 60;

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '2000' },
    people: { type: 'string', default: '50' },
    seed: { type: 'string', default: '7' },
  },
});
const size = { messages: Number(values.messages), people: Number(values.people), seed: Number(values.seed) };
let unhandled = 0;
process.on('unhandledRejection', (error) => {
  unhandled++;
  console.error('Unhandled:', error);
});

const database = await startServer();
const folder = mkdtempSync(join(tmpdir(), 'kawan-soak-'));
try {
  const each = Math.ceil(size.messages / size.people);
  const talks = await expectedTalks(database.uri.replace(/\/[^/?]*\?/, '/soak_expected?'), each);
  const outcome = await soak({ uri: database.uri.replace(/\/[^/?]*\?/, '/soak?'), folder, talks, ...size });
  report(outcome);
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  await database.stop();
}
process.exit(process.exitCode);

function report({ sent, answered, lost, doubled, resent, unknown, outOfOrder, growth, faultsDone }: Outcome): void {
  console.log(
    `Faults: ${Object.keys(faults)
      .map((name) => `${name} ${faultsDone[name] ?? 0}`)
      .join(', ')}`,
  );
  for (const { person, text } of doubled) console.log(`Doubled at ${person}: ${JSON.stringify(text.slice(0, 60))}`);
  for (const { person, text } of outOfOrder) console.log(`Out of order at ${person}: ${JSON.stringify(text)}`);
  console.log(`Sent once more, as the promise allows: ${resent}`);
  const good = lost === 0 && outOfOrder.length === 0 && unhandled === 0 && doubled.length <= resent && growth < GROWTH;
  process.exitCode = good ? 0 : 1;
  console.log(
    JSON.stringify({
      ...{ sent, answered, lost, doubled: doubled.length, unknown, out_of_order: outOfOrder.length },
      ...{ rss_growth_mb: growth, unhandled },
    }),
  );
}
