/** The product as a process with WhatsApp: signals, kills, a machine without WhatsApp, linking by code, the doctor. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isAlive } from '../../src/shared/process.ts';
import { chromiumProgram } from '../browser/chromium.ts';
import { freePort } from '../support/database.ts';
import type { Visitor } from '../console/visitor.ts';
import { firstAdministrator, phoneAt, startMain, type MainProcess } from '../support/main-process.ts';
import { WhatsAppServer } from './server.ts';
import { stubVersion, writeStub } from './stub/build.ts';
import { ANA, browserOf } from './world.ts';

let server: WhatsAppServer;
let folder: string;
let env: Record<string, string>;
const processes: MainProcess[] = [];

beforeEach(async () => {
  server = await WhatsAppServer.start();
  folder = mkdtempSync(join(tmpdir(), 'kawan-whatsapp-process-'));
  writeStub(folder, server.address);
  env = {
    ...{ DATA_DIR: folder, MONGOD_PORT: String(await freePort()), CHANNELS: 'simulator,whatsapp-web' },
    ...{ CHROMIUM_BIN: await chromiumProgram(), WHATSAPP_STAND_IN: join(folder, `${stubVersion}.html`) },
  };
});
afterEach(async () => {
  for (const main of processes.splice(0)) {
    main.kill('SIGINT');
    await main.ended;
  }
  await server.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function start(more: Record<string, string> = {}): Promise<MainProcess> {
  const main = await startMain({ ...env, ...more });
  processes.push(main);
  return main;
}
const sentTo = (chat: string): string[] => server.sent.filter(({ to }) => to === chat).map(({ body }) => body);
const answered = (count: number) =>
  expect.poll(() => sentTo(ANA).length, { timeout: 30_000, interval: 50 }).toBeGreaterThanOrEqual(count);
const chatWorks = async (main: MainProcess, by: Visitor): Promise<void> => {
  const phone = phoneAt(main.address, '1', by);
  await expect.poll(() => phone.post('1', 'halo'), { timeout: 10_000 }).toBe(202);
  await expect.poll(async () => (await phone.received()).length).toBe(2);
};

it('E23: on SIGTERM an answer that is under way still goes out, the browser ends, and the exit code is 0', async () => {
  const main = await start();
  server.incoming(ANA, { body: 'halo' });
  await answered(1);
  const browser = browserOf(folder) ?? 0;
  server.incoming(ANA, { body: 'iya' });
  await expect.poll(() => server.unread(ANA), { timeout: 10_000, interval: 5 }).toBe(0);
  main.kill('SIGTERM');
  expect(await main.ended).toBe(0);
  expect(isAlive(browser)).toBe(false);
  expect(sentTo(ANA).join('\n')).toContain('Siapa nama');
});

it('E15: killed with -9 it leaves a browser behind, which the next start ends; nothing is lost or doubled', async () => {
  const first = await start();
  server.incoming(ANA, { body: 'halo' });
  await answered(2);
  const left = browserOf(folder) ?? 0;
  first.kill('SIGKILL');
  expect(await first.ended).toBe('SIGKILL');
  expect(isAlive(left)).toBe(true);
  server.incoming(ANA, { body: 'iya' });
  await start();
  await answered(3);
  expect(isAlive(left)).toBe(false);
  expect(sentTo(ANA).filter((text) => text.includes('Siapa nama'))).toHaveLength(1);
});

it('without WhatsApp everything else works, and the log does not overflow', async () => {
  const main = await start({ WHATSAPP_STAND_IN: join(folder, 'nowhere.html'), LOG_LEVEL: 'info' });
  expect(await phoneAt(main.address, '1').post('0', 'halo')).toBe(401);
  await expect.poll(() => main.output()).toContain('/tautan/');
  const by = await firstAdministrator(main);
  await chatWorks(main, by);
  await expect.poll(() => main.output(), { timeout: 10_000 }).toContain('starting → resting');
  // Three more tries, each of which would have been a line.
  const doctor = () => execa(process.execPath, ['--import', 'tsx', 'src/cli/doctor.ts'], { env, reject: false });
  const { stdout } = await doctor();
  expect(stdout).toMatch(/resting since .*\(.*nowhere.*\)|starting since/);
  await chatWorks(main, by);
  expect(main.output().match(/starting → resting/g)).toHaveLength(1);
});

it('links the number by a code for a telephone number, and the product then needs no picture', async () => {
  server.device = undefined;
  const pairing = execa(process.execPath, ['--import', 'tsx', 'src/cli/pair.ts', '0812', '3456', '7890'], { env });
  let printed = '';
  pairing.stdout.on('data', (part: Buffer) => (printed += part.toString()));
  await expect.poll(() => printed, { timeout: 30_000 }).toContain('ABCD-1234');
  expect(server.heardOf('code', '6281234567890')).toBe(1);
  server.pair();
  const { stdout } = await pairing;
  expect(stdout).toContain('The number is linked.');
  const main = await start();
  server.incoming(ANA, { body: 'halo' });
  await answered(1);
  expect(main.output()).not.toContain('Scan this');
});

it('refuses to pair what is no number, and while the product runs', async () => {
  const pair = (...words: string[]) =>
    execa(process.execPath, ['--import', 'tsx', 'src/cli/pair.ts', ...words], { env, reject: false });
  expect(await pair('halo')).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('0812') as string });
  await start();
  expect(await pair('081234567890')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('Stop it first') as string,
  });
});

it('the doctor says how it goes, what is dropped, which risk there is, and draws the states', async () => {
  await start();
  server.incoming('status@broadcast');
  server.incoming(ANA, { body: 'halo' });
  await answered(1);
  const { stdout } = await execa(process.execPath, ['--import', 'tsx', 'src/cli/doctor.ts'], { env, reject: false });
  expect(stdout).toMatch(/whatsapp-web\.js 1\.34\.7/);
  expect(stdout).toMatch(/unofficial client: WhatsApp may block the number.*official Cloud API/);
  expect(stdout).toMatch(/at most 200 messages a day/);
  expect(stdout).toMatch(/ok {4}ready since/);
  expect(stdout).toMatch(/→ ready {5}failed → resting/);
  expect(stdout).toMatch(/WHATSAPP_STAND_IN is set/);
});
