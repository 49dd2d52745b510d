/** Section E of the cases, first half: starts that fail, and linking the number. */
import { existsSync, mkdirSync, readlinkSync, symlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lifeTests } from './life.ts';
import { ANA, browserOf } from './world.ts';

const life = lifeTests();

describe('a start', () => {
  it('E1, E13: that says "ready" but tells no messages is not believed, and says which module is gone', async () => {
    await life.begin({ behaviour: { missing: ['WAWebSyncGatingUtils'] } }, false);
    await life.becomes('syncing');
    life.fixture.server.tell({ type: 'sync' });
    await life.becomes('resting');
    expect((await life.status())?.why).toContain('WAWebSyncGatingUtils');
    expect(life.channel.isConnected()).toBe(false);
    await expect.poll(() => life.heard.alerts, { timeout: 20_000 }).toContain('whatsapp_stuck');
    life.fixture.server.behave({ missing: [] });
    await life.isConnected();
    await life.works();
  });

  it('E1: that never ends its loading has a deadline', async () => {
    await life.begin({ behaviour: { syncs: false }, timing: { start: 1_200 } }, false);
    await life.becomes('resting');
    life.fixture.server.behave({ syncs: true });
    await life.isConnected();
  });

  it('E14: that fails again and again is tried on until it works', async () => {
    await life.prepare();
    life.fixture.server.reachable = false;
    life.channel = life.fixture.make({
      timing: { start: 400, rest: 20, longestRest: 50, probeEvery: 300, probe: 1_500, settle: 40 },
    });
    await life.startIt();
    await expect
      .poll(() => life.heard.alerts.filter((kind) => kind === 'whatsapp_stuck').length, { timeout: 30_000 })
      .toBeGreaterThan(1);
    life.fixture.server.reachable = true;
    await life.isConnected();
    await life.works();
  });

  it('E15, E19, X16: that finds no page leaves no browser behind, and says so', async () => {
    await life.prepare();
    life.channel = life.fixture.make({ standIn: { folder: life.fixture.folder, version: 'nowhere' } });
    await life.startIt();
    await life.becomes('resting');
    expect((await life.status())?.why).toMatch(/Couldn't load this version \(nowhere\)|nowhere/);
    await life.channel.stop();
    expect(browserOf(life.fixture.folder)).toBeUndefined();
  });

  it('without a browser says what to do', async () => {
    await life.prepare();
    expect(() => life.fixture.make({ chromium: { PATH: '/nowhere' } })).toThrow(/No Chromium was found.*CHROMIUM_BIN/);
    const notOne = { CHROMIUM_BIN: 'package.json', PATH: '' };
    expect(() => life.fixture.make({ chromium: notOne })).toThrow(/No Chromium/);
  });

  it('E16: on a profile that a container of before had locked removes the lock', async () => {
    await life.prepare();
    const profile = join(life.fixture.folder, 'whatsapp', 'session');
    mkdirSync(profile, { recursive: true });
    for (const name of ['SingletonLock', 'SingletonCookie', 'SingletonSocket'])
      symlinkSync('another-host-4711', join(profile, name));
    await life.startIt();
    await life.isConnected();
    expect(existsSync(join(profile, 'SingletonCookie'))).toBe(false);
  });

  it('E16, X17: on a profile that a living browser uses is refused, and touches nothing', async () => {
    await life.prepare();
    const profile = join(life.fixture.folder, 'whatsapp', 'session');
    mkdirSync(profile, { recursive: true });
    symlinkSync(`${hostname()}-${process.pid}`, join(profile, 'SingletonLock'));
    await life.startIt();
    await life.becomes('resting');
    expect((await life.status())?.why).toMatch(/is used by another browser/);
    expect(readlinkSync(join(profile, 'SingletonLock'))).toBe(`${hostname()}-${process.pid}`);
  });

  it('E27: names the browser as what it is', async () => {
    await life.begin();
    // The library's own default is a Chrome of 2022.
    expect(life.fixture.server.agents.at(-1)).not.toContain('Chrome/101');
  });
});

describe('linking', () => {
  const keepsPairing = { timing: { pairing: 15_000 }, unpaired: true };

  it('shows a picture, is linked by the phone, and stays so after a stop at once', async () => {
    await life.begin(keepsPairing, false);
    await life.becomes('pairing');
    await expect.poll(() => life.fixture.shown.join('')).toMatch(/Linked devices[\s\S]*[▀▄█]/);
    life.fixture.server.pair();
    await life.isConnected();
    // E26, X20: stopped in good order, what makes it a linked device is on the disk already.
    await life.beginAgain();
    await life.isConnected();
    expect(life.fixture.shown).toHaveLength(1);
    await life.works();
  });

  it('E4: an old picture is not shown when all is linked; one that nobody uses is replaced', async () => {
    await life.begin({ unpaired: true, timing: { pairing: 600 } }, false);
    await expect.poll(() => life.fixture.shown.length, { timeout: 15_000 }).toBeGreaterThan(1);
    life.fixture.server.pair();
    await life.isConnected();
    const shown = life.fixture.shown.length;
    life.fixture.server.tell({ type: 'code', code: 'second-code' });
    await life.works();
    expect(life.fixture.shown).toHaveLength(shown);
  });

  it('E5, X15: unlinked on the phone is an end, told loudly; nothing is left of the device', async () => {
    await life.begin(keepsPairing, false);
    await life.becomes('pairing');
    life.fixture.server.pair();
    await life.isConnected();
    life.fixture.server.logout();
    await life.becomes('unlinked');
    await expect.poll(() => life.heard.alerts).toEqual(['whatsapp_unlinked']);
    await expect.poll(() => existsSync(join(life.fixture.folder, 'whatsapp', 'session'))).toBe(false);
    expect(browserOf(life.fixture.folder)).toBeUndefined();
    const message = { id: 'later', to: `wa:${ANA}`, text: 'Halo', options: [], numbered: true };
    expect(await life.channel.send(message)).toMatchObject({ state: 'failed', retry: true });
    await life.beginAgain();
    await life.becomes('pairing');
  });

  it('E3: a dialog that logs new devices out is passed', async () => {
    await life.begin({ behaviour: { dialog: true } });
    await expect.poll(() => life.fixture.server.heardOf('continued')).toBe(1);
    await life.works();
  });
});
