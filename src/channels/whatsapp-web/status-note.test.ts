/** What is noted last is how things stand last, however slow a write is, and although one fails. */
import { expect, it } from 'vitest';
import { StatusNote } from './status-note.ts';
import type { ChannelStatus } from './store.ts';

it('writes one after the other, each as things stand then', async () => {
  const written: string[] = [];
  const slow: (() => void)[] = [];
  let state = 'ready';
  const present = (): ChannelStatus => ({ state, since: 0, at: 0, counts: {}, broken: [] });
  const saveStatus = async (status: ChannelStatus): Promise<void> => {
    await new Promise<void>((go) => slow.push(go));
    written.push(status.state);
    if (status.state === 'ready') throw new Error('the database is away');
  };
  const note = new StatusNote({ saveStatus }, present);
  const first = note.write();
  await expect.poll(() => slow.length).toBe(1);
  const second = note.write();
  state = 'refused';
  slow.shift()?.();
  await expect(first).rejects.toThrow('away');
  await expect.poll(() => slow.length).toBe(1);
  slow.shift()?.();
  await second;
  expect(written).toEqual(['ready', 'refused']);
});
