/** docs/programme.md builds a programme from nothing: this adds it from the page's own files and plays its conversation. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readContent } from '../src/compose.ts';
import { lint } from '../src/lint/index.ts';
import { ManualClock } from '../src/shared/clock.ts';
import { play, storedIn } from './scenarios/play.ts';
import { readScenario } from './scenarios/scenario.ts';
import { startProduct, type TestProduct } from './support/product.ts';

/** Code blocks of the page that say which file they are. */
const files = [...readFileSync('docs/programme.md', 'utf8').matchAll(/^```\w+ file=(\S+)\n([\s\S]*?)^```$/gm)].map(
  ([, name = '', text = '']) => ({ name, text }),
);
const clock = new ManualClock('2026-11-25T09:00:00+08:00');
let folder: string;
let product: TestProduct;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kawan-programme-'));
  for (const part of ['flows', 'locales']) cpSync(part, join(folder, part), { recursive: true });
  for (const { name, text } of files) {
    expect(existsSync(join(folder, name))).toBe(false);
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  product = await startProduct({ clock, jobs: false, folders: folders() });
});
afterAll(async () => {
  await product.stop();
  rmSync(folder, { recursive: true, force: true });
});

const folders = () => ({ flows: join(folder, 'flows'), locales: join(folder, 'locales') });

it('names four files, all of them data', () => {
  expect(files.map(({ name }) => name)).toEqual([
    'flows/tools/programme.yaml',
    'flows/tools/tools.flow.yaml',
    'locales/id/tools.json',
    'flows/tools/scenarios/01-minta-alat.yaml',
  ]);
});

it('has nothing in it that the lint would mend', () => {
  const { problems } = lint(readContent(folders()), 'locales/words.txt');
  expect(problems).toEqual([]);
});

it('holds the conversation that the page tells, from the request to the decision', async () => {
  await play(product, readScenario('flows/registration/scenarios/01-jalan-lurus.yaml'), clock, '1', 'first');
  const scenario = readScenario(join(folder, 'flows/tools/scenarios/01-minta-alat.yaml'));
  const heard = await play(product, scenario, clock, '1');
  expect(heard).toEqual(scenario.turns.map(({ arrives, back }) => ({ arrives, back })));
  expect(await storedIn(product)).toEqual(scenario.stored);
});

it('puts who has priority first on the board, and takes the consent back like any other', async () => {
  await play(product, readScenario('flows/registration/scenarios/12-anggota.yaml'), clock, '2', 'group');
  const say = (id: string, text: string) => product.send('2', id, { kind: 'text', text });
  for (const [index, text] of ['minta alat', 'ya', 'alat anyam', 'lewati'].entries()) await say(`t${index}`, text);
  const [own, group] = await Promise.all([
    product.parts.applications.store.board({ open: false, programme: 'tools' }, 10),
    product.parts.applications.store.board({ open: true, programme: 'tools' }, 10),
  ]);
  expect([own[0]?.priority, group[0]?.priority]).toEqual([1, expect.any(Number)]);
  expect(group[0]?.priority).toBeGreaterThanOrEqual(2);
  await say('w0', 'tarik izin');
  expect((await product.received('2')).at(-1)?.options.map(({ label }) => label)).toContain('Bantuan alat');
});
