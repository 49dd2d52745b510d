/**
 * Who stops, has stopped: through every flow, whatever is written in whatever order and whatever we say first in between, on the
 * real routing, engine and actions of silence. Every other action answers any of its outcomes.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actions as specs, content, library, now } from '../../test/support/engine.ts';
import { start, topFrame } from '../engine/index.ts';
import type { Action } from '../programmes/programme.ts';
import { shared } from '../programmes/shared/index.ts';
import { DAY, HOUR } from '../shared/clock.ts';
import { readCommand } from '../understanding/index.ts';
import { decide, decideAside, type Deciding } from './decide.ts';
import type { CaseStore, Conversation, Inbound } from './ports.ts';
import { isAnswered, newConversation } from './route.ts';

/** Texts are told by their keys. */
const words: Deciding['words'] = { text: (_language, { key }) => ({ text: key }), label: () => 'pilihan' };
const nothing = () => Promise.resolve();
const cases = { open: nothing, touch: nothing } as unknown as CaseStore;

const flows = content.flows.sources.map(({ file }) => file);
const silence = [
  'engine.muted',
  ...flows.flatMap(({ flow, nodes }) =>
    Object.entries(nodes).flatMap(([name, node]) => ('say' in node && node.silence ? [`${flow}.${name}`] : [])),
  ),
];

/** Every action of the programmes, with the outcome that `pick` chooses; those of silence are the real ones. */
const actionsWith = (pick: (count: number) => number): ReadonlyMap<string, Action> =>
  new Map([
    ...Object.entries(specs).map(([name, spec]): [string, Action] => [
      name,
      { ...spec, run: () => Promise.resolve({ outcome: spec.outcomes[pick(spec.outcomes.length)] ?? '' }) },
    ]),
    ...Object.entries(shared.actions).map(([name, action]): [string, Action] => [`shared.${name}`, action]),
  ]);

const decidingWith = (pick: (count: number) => number): Deciding => ({
  routes: { library, home: content.home, keywords: content.keywords, exact: content.exact, intents: content.intents },
  prepare: nothing,
  stopped: () => undefined,
  actions: actionsWith(pick),
  cases,
  words,
  secrets: { seal: (text) => text, open: (text) => text, forget: nothing, keep: () => Promise.resolve('') },
  extra: () => ({}),
});

const texts = [
  ...[
    'stop',
    'Stop. Terima kasih',
    'ampih mangirimi',
    'tidak usah kirim info lagi ya',
    'hapus nomor saya',
    'mulai',
    'mulai lagi',
  ],
  ...[
    '1',
    '2',
    '3',
    '0',
    'ya',
    'tidak',
    'kembali',
    'ulang',
    'batal',
    'menu',
    'bantuan',
    'bahasa',
    'petugas',
    'suara',
    'status',
  ],
  ...[
    'lewati',
    'hapus data saya',
    'halo',
    'Siti Aminah',
    'pelatihan',
    'daftar',
    'palam',
    '12',
    'apa itu?',
    'Jangan kirim pesan',
  ],
];

type Event = { say: string } | { tell: string; owed: boolean };
const event: fc.Arbitrary<{ what: Event; gap: number; pick: number }> = fc.record({
  what: fc.oneof(
    { weight: 5, arbitrary: fc.record({ say: fc.constantFrom(...texts) }) },
    {
      weight: 1,
      arbitrary: fc.record({ tell: fc.constantFrom('decision', 'moved', 'reminder', 'nudge'), owed: fc.boolean() }),
    },
  ),
  gap: fc.constantFrom(0, 10_000, 2 * HOUR, 3 * DAY, 100 * DAY),
  pick: fc.nat(5),
});

/** Silence was once claimed after it had ended: by the question of "stop", which lay open beneath. */
const once = ['stop', 'mulai', '2'].map((say) => ({ what: { say }, gap: 10_000, pick: 0 }));

const message = (text: string, at: number): Inbound => ({
  ...{ channel: 'wire', externalId: String(at), aliases: ['a'] as const, kind: 'text' as const, text, at },
  ...{ id: `wire:${at}`, worker: 'w', order: at },
});
const committing = { worker: 'w', connected: true, isWritten: () => true };

/** Says or tells it; what was sent, and the conversation afterwards. */
async function turn(conversation: Conversation, what: Event, at: number, pick: number) {
  const deciding = decidingWith((count) => pick % count);
  if ('say' in what) {
    const commit = await decide(deciding, conversation, message(what.say, at), at, committing);
    const after: Conversation = { ...conversation, ...commit.set, revision: conversation.revision + 1 } as Conversation;
    return { sent: commit.outbox.map(({ text }) => text), after };
  }
  // As the sender does it: who wants no messages is told what is owed.
  if (conversation.muted && !what.owed) return { sent: [], after: conversation };
  const aside = { key: `d:${at}`, flow: what.tell, answers: {}, about: what.tell };
  const { session } = await decideAside(deciding, conversation, { ...aside, ...(what.owed && { owed: true }) }, at);
  return { sent: [], after: { ...conversation, session } };
}

describe('silence', () => {
  it('stands in flows that say it', () => expect(silence.length).toBeGreaterThan(1));

  it('is said only when it is kept, "stop" always brings it, "mulai" ends it, and no question is put that nobody may answer', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...flows.map(({ flow }) => flow)),
        fc.array(event, { maxLength: 12 }),
        async (flow, events) => {
          let at = now;
          const { session } = start(library, flow, null, at);
          const open = topFrame(session)?.waits === 'answer' ? session : null;
          let conversation: Conversation = { ...newConversation(message('', at), 'id'), revision: 1, session: open };
          for (const { what, gap, pick } of events) {
            at += gap + 1;
            const before = conversation;
            const { sent, after } = await turn(before, what, at, pick);
            const told = sent.join('\n').split('\n');
            if (told.some((key) => silence.includes(key))) expect(after.muted).toBe(true);
            const command = 'say' in what ? readCommand(what.say) : null;
            if (command === 'stop') expect(after.muted).toBe(true);
            if (command === 'start') expect(after.muted).toBe(false);
            if (command === 'stop') expect(sent.length).toBeGreaterThan(0);
            const asks = told.some((key) => /\.(?:ask|example|simple)$|^engine\.stuck$/u.test(key));
            if (after.muted && asks) expect(isAnswered(library, after.session, null)).toBe(true);
            conversation = after;
          }
        },
      ),
      { numRuns: Number(process.env['RUNS'] ?? 60), examples: [[flows[0]?.flow ?? '', once]] },
    );
  });
});
