/** A deploy that changes a flow: who began with the old one ends with it; one that is gone is apologised for. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testDatabase, testUri } from '../support/test-database.ts';
import { startWired } from '../support/wired-product.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kawan-deploy-'));
  for (const part of ['flows', 'locales']) cpSync(part, join(folder, part), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The next deploy asks for the kelurahan before the craft. */
function changeFlow(): void {
  const file = join(folder, 'flows/registration/register.flow.yaml');
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    text
      .replace('save: person.name, next: crafts', 'save: person.name, next: kelurahan')
      .replace('save: person.kelurahan, next: business', 'save: person.kelurahan, next: crafts')
      .replace('save: person.crafts, next: kelurahan', 'save: person.crafts, next: business'),
  );
}

async function talk(uri: string, texts: readonly string[], from = 'a'): Promise<string> {
  const { wire, product, stop } = await startWired({
    uri,
    keep: true,
    folders: { flows: join(folder, 'flows'), locales: join(folder, 'locales') },
  });
  for (const [index, text] of texts.entries())
    await wire.deliver(from, text, { externalId: `${from}/${text}/${index}` });
  await product.conversations.idle();
  await stop();
  return wire.textsTo(from).at(-1) ?? '';
}

it('lets a form end with the flow it began with, while new ones begin with the new one', async () => {
  const uri = testUri();
  expect(await talk(uri, ['halo', 'iya', 'Siti Aminah'])).toContain('membuat apa');
  changeFlow();
  expect(await talk(uri, ['purun'])).toContain('kelurahan apa');
  expect(await talk(uri, ['halo', 'iya', 'Rusmini'], 'b')).toContain('kelurahan apa');
});

it('apologises for a flow that can no longer be found, offers the menu, and keeps the answers', async () => {
  const uri = testUri();
  await talk(uri, ['halo', 'iya', 'Siti Aminah']);
  changeFlow();
  const { database, stop } = await startWired({ uri, keep: true });
  await database.connection.collection('flow_versions').deleteMany({});
  await stop();
  expect(await talk(uri, ['purun'])).toContain('pertanyaannya sudah berubah');
  expect(await talk(uri, ['daftar', 'ya'])).toContain('kelurahan apa');
});

it('a question that is called otherwise, with its texts: an apology, one case, and the form goes on behind the answers', async () => {
  const uri = testUri();
  expect(await talk(uri, ['halo', 'iya', 'Siti Aminah', 'purun'])).toContain('kelurahan apa');
  const flow = join(folder, 'flows/registration/register.flow.yaml');
  const renamed = readFileSync(flow, 'utf8')
    .replace('  kelurahan: { ask', '  place: { ask')
    .replace('next: kelurahan }', 'next: place }');
  writeFileSync(flow, renamed);
  for (const language of ['id', 'bjn']) {
    const file = join(folder, `locales/${language}/registration.json`);
    const texts = JSON.parse(readFileSync(file, 'utf8')) as { register: Record<string, unknown> };
    const { kelurahan, ...others } = texts.register;
    writeFileSync(file, JSON.stringify({ ...texts, register: { ...others, place: kelurahan } }));
  }
  expect(await talk(uri, ['palam'])).toContain('pertanyaannya sudah berubah');
  const database = await testDatabase({ uri, keep: true });
  const cases = await database.connection.collection('cases').find({ kind: 'outdated' }).toArray();
  await database.close();
  expect(cases).toMatchObject([{ flow: 'register', node: 'kelurahan', state: 'open' }]);
  expect(await talk(uri, ['daftar', 'ya'])).toContain('kelurahan apa');
});

it('what was planned before a deploy that took its flow away is not said, and disturbs no form', async () => {
  const { wire, product, stop } = await startWired();
  await wire.deliver('a', 'halo', { externalId: '1' });
  await product.conversations.idle();
  const said = wire.textsTo('a').length;
  const aside = { key: 'k', flow: 'of_an_earlier_deploy', answers: {}, about: 'x' };
  const outcome = await product.conversations.reach(
    'wire:a',
    () => Promise.resolve(aside),
    () => Promise.reject(new Error('It was sent')),
  );
  expect(outcome).toEqual({ refused: 'flow gone' });
  await wire.deliver('a', 'iya', { externalId: '2' });
  await product.conversations.idle();
  await stop();
  expect(wire.textsTo('a').slice(said).join()).toContain('Siapa nama');
});
