/**
 * Runs every scenario through the simulator's HTTP, the whole turn and a real database, where the session is written and
 * read back between any two messages. `UPDATE=1` rewrites the files with what really came back; read the difference then.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../../src/shared/log.ts';
import { ManualClock } from '../../src/shared/clock.ts';
import { emptied, testDatabase, testUri } from '../support/test-database.ts';
import { startProduct, type TestProduct } from '../support/product.ts';
import { whereStands } from '../support/secrets.ts';
import { before, numbersIn, play, storedIn } from './play.ts';
import { readScenario, rewriteScenario, scenarioFiles } from './scenario.ts';

const update = process.env['UPDATE'] === '1';

/** One for all of them, emptied before each: building its indexes is most of the work. */
const uri = testUri();
afterAll(async () => (await testDatabase({ uri })).close());

describe.each(scenarioFiles())('%s', (file) => {
  const scenario = readScenario(file);
  const clock = new ManualClock(scenario.at);
  let product: TestProduct;
  let log: string[];

  beforeAll(async () => {
    log = [];
    product = await startProduct({
      clock,
      jobs: false,
      log: createLog('trace', { write: (line) => void log.push(line) }),
      database: await emptied(await testDatabase({ uri, keep: true })),
    });
    for (const [index, earlier] of scenario.after.entries())
      await play(product, readScenario(file.replace(/[^/]+$/, `${earlier}.yaml`)), clock, String(index + 2));
    if (scenario.first !== undefined)
      await play(
        product,
        readScenario(file.replace(/[^/]+\/scenarios\/[^/]+$/, before(scenario.first))),
        clock,
        '1',
        'first',
      );
  });
  afterAll(() => product.stop());

  it(scenario.title, async () => {
    for (const event of scenario.events)
      await product.parts.eventOffice.add(event, { picture: null, material: null }, clock.now());
    const heard = await play(product, scenario, clock, '1');
    const stored = await storedIn(product);
    // Whatever number of a card was sent stands nowhere that it could be read.
    // Files that people send are in the database, too: no folder holds any.
    for (const digits of numbersIn(scenario)) {
      expect(log.filter((line) => line.includes(digits))).toEqual([]);
      expect(await whereStands(product.database.connection, digits)).toEqual([]);
    }
    if (update) rewriteScenario(file, heard, stored);
    else {
      expect(heard.map((both, index) => ({ send: scenario.turns[index]?.send, ...both }))).toEqual(
        scenario.turns.map(({ send, arrives, back }) => ({ send, arrives, back })),
      );
      expect(stored).toEqual(scenario.stored);
    }
  });
});
