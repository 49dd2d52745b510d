/**
 * Runs every scenario through the simulator's HTTP, the whole turn and a real database, where the session is written and
 * read back between any two messages. `UPDATE=1` rewrites the files with what really came back; read the difference then.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { numberedText } from '../../src/channels/channel.ts';
import { ManualClock } from '../../src/shared/clock.ts';
import { startProduct, type TestProduct } from '../support/product.ts';
import { duration, readScenario, rewriteScenario, scenarioFiles, type Scenario, type Stored } from './scenario.ts';

const update = process.env['UPDATE'] === '1';

describe.each(scenarioFiles())('%s', (file) => {
  const scenario = readScenario(file);
  const clock = new ManualClock(scenario.at);
  let product: TestProduct;

  beforeAll(async () => {
    product = await startProduct({ clock });
    for (const [index, earlier] of scenario.after.entries())
      await play(product, readScenario(file.replace(/[^/]+$/, `${earlier}.yaml`)), clock, String(index + 2));
  });
  afterAll(() => product.stop());

  it(scenario.title, async () => {
    const backs = await play(product, scenario, clock, '1');
    const stored = await storedIn(product);
    if (update) rewriteScenario(file, backs, stored);
    else {
      expect(backs.map((back, index) => ({ send: scenario.turns[index]?.send, back }))).toEqual(
        scenario.turns.map(({ send, back }) => ({ send, back })),
      );
      expect(stored).toEqual(scenario.stored);
    }
  });
});

/** Sends each turn and waits until all is answered; returns what came back for each. */
async function play(product: TestProduct, scenario: Scenario, clock: ManualClock, phone: string): Promise<string[][]> {
  const backs: string[][] = [];
  let seen = 0;
  for (const [index, { send, wait }] of scenario.turns.entries()) {
    clock.advance(wait === undefined ? 1_000 : duration(wait));
    await product.send(phone, `${phone}-${index}`, messageOf(send, await product.received(phone)));
    const all = await product.received(phone);
    backs.push(all.slice(seen).map((message) => numberedText(message)));
    seen = all.length;
  }
  return backs;
}

function messageOf(send: Scenario['turns'][number]['send'], received: Awaited<ReturnType<TestProduct['received']>>) {
  if (typeof send === 'string') return { kind: 'text', text: send };
  if ('forwarded' in send) return { kind: 'text', text: send.forwarded.repeat(send.times) };
  if ('kind' in send) return { kind: send.kind };
  const prompt = received.findLast(({ options }) => options.length > 0);
  const option = prompt?.options.find(({ id, label }) => id === send.tap || label === send.tap);
  if (!prompt || !option) throw new Error(`No option "${send.tap}" is on the screen`);
  return { kind: 'tap', tap: { option: option.id, prompt: prompt.id } };
}

/** What stands in the database, without ids and times, in words that can be read. */
async function storedIn({ database: { connection } }: TestProduct): Promise<Stored> {
  const all = (name: string) =>
    connection.collection(name).find({}).sort({ createdAt: 1, at: 1, openedAt: 1 }).toArray();
  const groups = await all('groups');
  const persons = await all('persons');
  const nameOf = (id: unknown) => persons.find(({ _id }) => String(_id) === id)?.['name'] as unknown;
  return {
    persons: persons.map(({ number, name, crafts, kelurahan, business, group, years, yearsSaid, standing }) => ({
      ...{ number, name, crafts, kelurahan, business },
      ...(group !== null && { group: groups.find(({ _id }) => String(_id) === group)?.['name'] as unknown }),
      ...(years !== null && { years }),
      ...(yearsSaid !== null && { yearsSaid }),
      standing,
    })),
    groups: groups.map(({ name, kelurahan, leader }) => ({
      name,
      kelurahan,
      ...(leader !== null && { leader: nameOf(leader) }),
    })),
    consents: (await all('consents')).map(({ purpose, layer, channel, helper, withdrawnAt }) => ({
      ...{ purpose, layer, channel },
      ...(helper !== null && { helper }),
      ...(withdrawnAt !== null && { withdrawn: true }),
    })),
    erasures: (await all('erasures')).map(({ channel }) => ({ channel })),
    cases: (await all('cases')).map(({ kind }) => String(kind)).sort(),
  };
}
