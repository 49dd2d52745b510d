/** Section E of the cases, second half: what hangs, dies and is refused while it runs, and how it stops. */
import { describe, expect, it } from 'vitest';
import { isAlive } from '../../src/shared/process.ts';
import { Heard } from './harness.ts';
import { lifeTests } from './life.ts';
import { browserOf, crashPage, hasty } from './world.ts';

const life = lifeTests();

describe('while it runs', () => {
  it('E2, X2, X4: "ready" again and again changes nothing, and messages are not doubled', async () => {
    await life.begin();
    for (let count = 0; count < 3; count++) life.fixture.server.tell({ type: 'sync' });
    life.fixture.server.tell({ type: 'iframe' });
    await life.works();
    expect(life.heard.texts).toEqual(['halo']);
    expect(life.channel.isConnected()).toBe(true);
  });

  it('E11, X12: a browser that is killed is noticed and started again', async () => {
    await life.begin();
    const pid = browserOf(life.fixture.folder) ?? 0;
    process.kill(pid, 'SIGKILL');
    await life.isAway();
    await life.isConnected();
    expect(browserOf(life.fixture.folder)).not.toBe(pid);
    await life.works();
  });

  it('E12, X13: a page that crashes is noticed and started again', async () => {
    await life.begin();
    await crashPage(life.fixture.folder);
    await life.isAway();
    await life.isConnected();
    await life.works();
  });

  it('E12: a page that hangs is noticed by its silence, ended and started again', async () => {
    await life.begin();
    const pid = browserOf(life.fixture.folder);
    life.fixture.server.tell({ type: 'freeze' });
    await life.isAway();
    await life.isConnected();
    expect(browserOf(life.fixture.folder)).not.toBe(pid);
    await life.works();
  });

  it('E10, X14: a page that goes elsewhere ends neither the process nor the channel', async () => {
    await life.begin();
    life.fixture.server.tell({ type: 'away' });
    await life.isAway();
    await life.isConnected();
    await life.works();
    expect(life.channel.absorbs?.('auth timeout')).toBe(true);
    expect(
      life.channel.absorbs?.(new Error('Execution context was destroyed, most likely because of a navigation.')),
    ).toBe(true);
    expect(life.channel.absorbs?.(new Error('something of our own'))).toBe(false);
    await life.isConnected();
  });

  it('E6, X11: WhatsApp Web open elsewhere is given time, tried again, and told when it goes on', async () => {
    await life.begin();
    for (let count = 1; count <= 3; count++) {
      life.fixture.server.tell({ type: 'state', state: 'CONFLICT' });
      await life.isAway();
      await life.isConnected();
    }
    expect(life.heard.alerts).toEqual(['whatsapp_conflict']);
    expect(life.fixture.server.heardOf('takeover')).toBe(0);
    await life.works();
  });

  it.each(['TOS_BLOCK', 'SMB_TOS_BLOCK', 'PROXYBLOCK', 'DEPRECATED_VERSION'])(
    'E25: %s is an end, told loudly',
    async (block) => {
      await life.begin();
      life.fixture.server.tell({ type: 'state', state: block });
      await life.becomes('refused');
      await expect.poll(() => life.heard.alerts).toEqual(['whatsapp_refused']);
      expect((await life.status())?.why).toBe(block);
    },
  );

  it('holds back what cannot be sent while the page has no connection, and says when it is back', async () => {
    await life.begin();
    const connections = life.heard.connections;
    life.fixture.server.tell({ type: 'state', state: 'TIMEOUT' });
    await life.isAway();
    life.fixture.server.tell({ type: 'state', state: 'CONNECTED' });
    await life.isConnected();
    expect(life.heard.connections).toBe(connections + 1);
    await life.works();
  });

  it('E18: a call that the page has no more is named; without an essential one nothing is sent', async () => {
    await life.begin({ behaviour: { missing: ['WAWebSendMsgChatAction'] } }, false);
    await life.becomes('ready');
    await expect.poll(() => life.heard.alerts).toContain('whatsapp_broken');
    expect((await life.status())?.broken.join()).toContain('sending text (WAWebSendMsgChatAction.addAndSendMsgToChat)');
    expect(life.channel.isConnected()).toBe(false);
  });

  it('E18: without one that only decorates all goes on, and it is named', async () => {
    await life.begin({ behaviour: { missing: ['WAWebChatStateBridge'] } });
    expect((await life.status())?.broken.join()).toContain('showing that we type');
    await life.works();
    expect(life.heard.alerts).toEqual([]);
  });

  it('E20: a browser that has grown too large is started afresh when nobody is talking', async () => {
    await life.begin({ settings: { ...hasty, memory: 1 } });
    const pid = browserOf(life.fixture.folder);
    await expect
      .poll(() => browserOf(life.fixture.folder) !== pid && life.channel.isConnected(), { timeout: 15_000 })
      .toBe(true);
    expect(life.heard.alerts).toEqual([]);
  });
});

describe('two on one number', () => {
  it('E17: the second waits, and takes over when the first has ended', async () => {
    await life.begin();
    const second = life.fixture.make();
    const others = new Heard();
    await second.start(others);
    await life.works();
    expect(second.isConnected()).toBe(false);
    expect(others.received).toEqual([]);
    await life.channel.stop();
    await expect.poll(() => second.isConnected(), { timeout: 20_000 }).toBe(true);
  });
});

describe('a stop', () => {
  it('E23: ends the browser, and nothing is left', async () => {
    await life.begin();
    const pid = browserOf(life.fixture.folder) ?? 0;
    await life.channel.stop();
    expect(isAlive(pid)).toBe(false);
    expect(await life.fixture.store.holder(Date.now())).toBeUndefined();
  });

  it('E23: in the middle of a start ends the browser as well', async () => {
    await life.begin({ behaviour: { syncs: false } }, false);
    await expect.poll(() => browserOf(life.fixture.folder)).toBeDefined();
    await life.channel.stop();
    expect(browserOf(life.fixture.folder)).toBeUndefined();
  });
});
