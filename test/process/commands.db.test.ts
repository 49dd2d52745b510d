/** The commands that people type: the doctor, the terminal chat, and understanding on a line. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../support/database.ts';
import { startMain } from '../support/main-process.ts';

let folder: string;
let env: Record<string, string>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kawan-commands-'));
  env = { DATA_DIR: folder, MONGOD_PORT: String(await freePort()), VAULT_KEY: 'ab'.repeat(32) };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (file: string, args: string[] = [], more: Record<string, string> = {}, input = '') =>
  execa(process.execPath, ['--import', 'tsx', file, ...args], { env: { ...env, ...more }, input, reject: false });

describe('npm run rules', () => {
  it('prints what holds on a day with its sources, and what is not known; a day that is none is refused', async () => {
    const { stdout, exitCode } = await run('src/cli/rules.ts', ['2026-11-25']);
    expect(exitCode).toBe(0);
    for (const words of [
      'kur@2026-01-05',
      'turnover_max: 4800000000',
      'Permenko Perekonomian 1/2026',
      'rate_super_mikro: belum diketahui',
    ])
      expect(stdout).toContain(words);
    expect(JSON.parse(stdout.split('\n').at(-1) ?? '')).toMatchObject({ date: '2026-11-25', stale: 0 });
    const later = await run('src/cli/rules.ts', ['2027-06-01']);
    expect(later.stdout).toContain('PERLU DICEK LAGI');
    const none = await run('src/cli/rules.ts', ['besok']);
    expect([none.exitCode, none.stderr]).toEqual([1, expect.stringContaining('"besok" is no day')]);
  });
});

describe('npm run doctor', () => {
  it('says that the product can start, by which way, and why not by the others', async () => {
    const { stdout, exitCode } = await run('src/cli/doctor.ts');
    expect(exitCode).toBe(0);
    for (const words of ['not by "MONGOD_BIN": is not set', 'MongoDB', 'GB free in', 'The product can start.'])
      expect(stdout).toContain(words);
  });

  it('looks into a running product without disturbing it', async () => {
    const main = await startMain(env);
    const { stdout, exitCode } = await run('src/cli/doctor.ts');
    expect(exitCode).toBe(0);
    for (const words of [`process ${main.pid}`, 'it is a replica set ("kawan")', 'index "aliases" of conversations'])
      expect(stdout).toContain(words);
    main.kill('SIGINT');
    expect(await main.ended).toBe(0);
  });

  it('exits 1 when it could not start, with each thing and its remedy', async () => {
    const settings = await run('src/cli/doctor.ts', [], { PORT: 'abc' });
    expect([settings.exitCode, settings.stdout]).toEqual([
      1,
      expect.stringMatching(/WRONG PORT: "abc".*\n\s+What to do: correct it/) as string,
    ]);
    const stranger = createServer();
    await new Promise<void>((resolve) => stranger.listen(Number(env['MONGOD_PORT']), '127.0.0.1', resolve));
    const port = await run('src/cli/doctor.ts');
    stranger.close();
    expect([port.exitCode, port.stdout]).toEqual([
      1,
      expect.stringContaining('choose another one with MONGOD_PORT') as string,
    ]);
    writeFileSync(
      join(folder, 'server.json'),
      JSON.stringify({ owner: 1, ownerStarted: 'x', version: '99.0.0', port: Number(env['MONGOD_PORT']) }),
    );
    const version = await run('src/cli/doctor.ts');
    expect([version.exitCode, version.stdout]).toEqual([
      1,
      expect.stringContaining('written by MongoDB 99.0.0') as string,
    ]);
  });
});

describe('npm run chat', () => {
  it('talks line by line and keeps a transcript', async () => {
    const main = await startMain(env);
    const file = join(folder, 'transcript.txt');
    const { exitCode } = await run(
      'src/cli/chat.ts',
      ['--url', main.address, '--phone', '9', '--file', file],
      {},
      'halo\niya\nSiti Aminah\n',
    );
    expect(exitCode).toBe(0);
    const transcript = readFileSync(file, 'utf8');
    expect(transcript).toMatch(
      /Saya: halo\n[^]*Kawan: [^]*Selamat datang[^]*Saya: iya\n[^]*Siapa nama[^]*Saya: Siti Aminah\n[^]*2\. Anyaman purun/,
    );
    main.kill('SIGINT');
    await main.ended;
  });

  it('says how to start the product when nobody answers', async () => {
    const { exitCode, stderr } = await run('src/cli/chat.ts', ['--url', `http://127.0.0.1:${await freePort()}`]);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('Start it with: npm start') as string]);
  });
});

it('npm run understand answers each line, and a broken one with an error', async () => {
  const lines = [
    '{"id":"a","expect":"yesno","text":"inggih bu"}',
    'rubbish',
    '{"id":"b","expect":"fax","text":"x"}',
    '{"id":"c","expect":"kelurahan","text":"cempaka"}',
  ];
  const { stdout, exitCode } = await run('src/cli/understand.ts', [], {}, `${lines.join('\n')}\n`);
  const answers = stdout.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(exitCode).toBe(0);
  expect(answers).toMatchObject([
    { id: 'a', value: true },
    { error: expect.any(String) as string },
    { error: expect.stringContaining('expect') as string },
    { id: 'c', value: null, reason: 'several' },
  ]);
});
