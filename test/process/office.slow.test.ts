/** The office's commands beside a running product: a plan first, a table or JSON, one clear sentence when something is wrong. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../support/database.ts';
import { phoneAt, startMain, type MainProcess } from '../support/main-process.ts';

let folder: string;
let env: Record<string, string>;
let main: MainProcess;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kawan-office-'));
  env = { DATA_DIR: folder, MONGOD_PORT: String(await freePort()) };
  main = await startMain(env);
});
afterAll(async () => {
  main.kill('SIGINT');
  await main.ended;
  rmSync(folder, { recursive: true, force: true });
});

const office = (...args: string[]) =>
  execa(process.execPath, ['--import', 'tsx', 'src/cli/office.ts', ...args], { env, reject: false });
const rowsOf = async (...args: string[]) =>
  (JSON.parse((await office(...args, '--json')).stdout) as { rows: Record<string, unknown>[] }).rows;

it('makes an event from a file, shown first, moves it and cancels it', async () => {
  const file = 'docs/example-event.yaml';
  const plan = await office('events', 'add', file, '--dry-run');
  expect(plan.stdout).toContain('Nothing was changed (--dry-run). It would be made: warna-alam-desember');
  expect(await rowsOf('events', 'list')).toEqual([]);
  expect((await office('events', 'add', file)).exitCode).toBe(0);
  expect((await office('events', 'add', file)).stderr).toContain('exists already');
  expect((await office('events', 'move', 'warna-alam-desember', '--to', '2026-12-33 09:00')).stderr).toContain(
    'no time',
  );
  await office('events', 'move', 'warna-alam-desember', '--to', '2026-12-04 10:00', '--place', 'PLUT');
  expect(await rowsOf('events', 'list')).toMatchObject([
    { id: 'warna-alam-desember', when: 'Jumat, 4 Desember, pukul sepuluh pagi', place: 'PLUT', state: 'open' },
  ]);
  expect((await office('events', 'cancel', 'warna-alam-desember')).stderr).toContain('The reason is missing');
  await office('events', 'cancel', 'warna-alam-desember', '--reason', 'gurunya sakit');
  expect(await rowsOf('events', 'list')).toMatchObject([{ state: 'cancelled' }]);
});

it('names what is wrong in a file, with its line', async () => {
  const file = join(folder, 'salah.yaml');
  writeFileSync(file, 'id: x\nkind: party\nname: Pesta\n');
  const { stderr, exitCode } = await office('events', 'add', file);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/salah\.yaml:2: kind: /);
});

it('makes a broadcast to a list, shows how it will look, and the ledger what became of it', async () => {
  const phone = phoneAt(main.address, '1');
  for (const [index, text] of ['halo', 'ya', 'Siti Aminah', '1', 'palam', '1', '12', 'ya'].entries()) {
    const before = (await phone.received()).length;
    await phone.post(`m${index}`, text);
    await expect.poll(async () => (await phone.received()).length).toBeGreaterThan(before);
  }
  await expect.poll(async () => JSON.stringify(await phone.received())).toContain('Sudah terdaftar');
  const number = /\*(\d{3}) (\d{3})\*/.exec(JSON.stringify(await phone.received()));
  const list = join(folder, 'daftar.csv');
  writeFileSync(list, `nomor,nama\n"${number?.[1] ?? ''} ${number?.[2] ?? ''}",Siti\n`);
  const text = 'Besok kantor tutup, {nama}.';
  const look = await office('broadcast', 'new', '--text', text, '--list', list, '--dry-run');
  expect(look.stdout).toContain('Besok kantor tutup, Siti Aminah.');
  expect(look.stdout).toContain('1 would receive it');
  writeFileSync(list, 'nomor\n111111\n');
  const wrong = await office('broadcast', 'new', '--text', text, '--list', list);
  expect(wrong.stderr).toContain(`daftar.csv:2: "111111" is nobody's number`);
  await office('broadcast', 'new', '--text', text, '--craft', 'sasirangan', '--yes');
  await expect
    .poll(async () => rowsOf('ledger'), { timeout: 30_000 })
    .toMatchObject([{ kind: 'broadcast', contact: 'simulator:sim:1' }]);
});

it('says how each command is used', async () => {
  const { stdout } = await office('help');
  for (const words of ['events add <file.yaml>', 'broadcast new', 'ledger', 'staff add'])
    expect(stdout).toContain(words);
  expect((await office('events', 'dance')).exitCode).toBe(1);
});
