/**
 * What goes wrong in the soak: seeded, so that a run can be repeated. A fault lasts for a time, as a network that is gone
 * does; nothing is waited for with it.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { browserOf, crashPage } from '../whatsapp-web/world.ts';
import type { SendBehaviour, WhatsAppServer } from '../whatsapp-web/server.ts';

export interface Place {
  server: WhatsAppServer;
  folder: string;
  people: readonly string[];
  /** From 0 to 1. */
  chance(): number;
}

/** For a while, one person's messages end so. */
const sending =
  (how: SendBehaviour) =>
  async ({ server, people, chance }: Place): Promise<void> => {
    const person = people[Math.floor(chance() * people.length)] ?? '';
    server.behave({ send: { all: 'well', [person]: how } });
    await pause(200 + 400 * chance());
    server.behave({ send: { all: 'well' } });
  };

/** Each kind of fault, and how often it comes beside the others. */
export const faults: Readonly<Record<string, { weight: number; act(place: Place): Promise<void> }>> = {
  'page death': {
    weight: 2,
    async act({ folder }) {
      // There may be none just now, since another fault has ended it.
      await crashPage(folder).catch(() => undefined);
    },
  },
  'browser kill': {
    weight: 2,
    act({ folder }) {
      const pid = browserOf(folder);
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
      return Promise.resolve();
    },
  },
  'network gone': {
    weight: 3,
    async act({ server, chance }) {
      server.reachable = false;
      server.cut();
      await pause(300 + 1_500 * chance());
      server.reachable = true;
    },
  },
  'late ack': { weight: 4, act: sending('late ack') },
  'no ack': { weight: 2, act: sending('no ack') },
  'failed send': { weight: 3, act: sending('throws') },
  'lost answer of a send': { weight: 3, act: sending('mute') },
  'send that hangs': { weight: 1, act: sending('hangs') },
};

/** Draws a fault. */
export function draw(chance: () => number): string {
  const all = Object.entries(faults);
  let rest = chance() * all.reduce((sum, [, { weight }]) => sum + weight, 0);
  for (const [name, { weight }] of all) {
    rest -= weight;
    if (rest < 0) return name;
  }
  return all[0]?.[0] ?? '';
}
