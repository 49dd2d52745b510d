/** A programme that does not run takes in nothing, whoever is inside it: checked at the very action that would begin something. */
import { afterEach, describe, expect, it } from 'vitest';
import { content, library, now, settle } from './support/engine.ts';
import { testVault } from './support/vault.ts';
import { createConnection } from 'mongoose';
import { createTexts } from '../src/content/texts.ts';
import { resume, start, topFrame, type Answers, type Flow, type Session } from '../src/engine/index.ts';
import { longestAnswers } from '../src/lint/longest.ts';
import { createParts } from '../src/parts.ts';
import { actionsOf, type Action } from '../src/programmes/programme.ts';
import { decide, type Deciding } from '../src/conversation/decide.ts';
import { newConversation } from '../src/conversation/route.ts';
import type { Inbound } from '../src/conversation/ports.ts';

const { programmes } = createParts({ connection: createConnection(), vault: testVault }, () => content);
const actions = actionsOf(programmes);
const flows = content.flows.sources.flatMap(({ file }) => library.flow(file.flow) ?? []);

/** Every place in a flow at which something is done. */
const places = flows.flatMap((flow) =>
  Object.entries(flow.nodes).flatMap(([name, node]) =>
    'do' in node ? [{ flow, name, action: node.do, with: node.with ?? {} }] : [],
  ),
);
const context = (place: (typeof places)[number]) => ({
  ...{ key: 'k', contact: newConversation(inbound(''), 'id'), answers: {} as Answers, with: place.with },
  ...{ programme: place.flow.programme, now, interrupted: false },
});
const opening = places.flatMap((place) => {
  const programme = actions.get(place.action)?.opens?.(context(place));
  return programme === undefined ? [] : [{ ...place, programme }];
});

/** What changes something and yet begins nothing new in a programme. A new action stands here with its reason, or has `opens`. */
const beginNothing: Readonly<Record<string, readonly string[]>> = {
  'what is on record is corrected, closed or taken back': [
    'registration.forget',
    'registration.erase',
    'registration.withdraw',
    'registration.switch',
    'registration.lock',
    'registration.open',
    'shared.language',
    'shared.mute',
    'shared.unmute',
  ],
  'what was begun goes on': ['applications.identify', 'applications.paper'],
  'a place that the office has promised already, or gives back': [
    'appointments.cancel',
    'events.accept',
    'events.attend',
    'events.cancel',
    'events.certificate',
    'events.confirm',
    'events.rate',
  ],
  'it waits until the programme runs': ['applications.wait'],
};

function inbound(text: string): Inbound {
  return {
    ...{ id: 'wire:1', worker: 'w', order: 1, channel: 'wire', externalId: '1', aliases: ['a'] },
    ...{ kind: 'text', text, at: now },
  };
}

/** Standing before the last yes of a form that is filled in to its end. */
function before({ id, version }: Flow, node: string, answers: Answers): Session {
  const frame = { flow: id, version, node, waits: 'entry' as const, answers, trail: [], form: 'ask' as const };
  return { v: 1, frames: [frame], askedAt: now };
}

afterEach(() => content.states.replace(new Map()));

describe('an action that changes something', () => {
  it('either asks whether its programme runs, or begins nothing new', () => {
    const known = new Set(Object.values(beginNothing).flat());
    const changing = [...actions].filter(([, { changes }]) => changes);
    const unsorted = changing.filter(([name, { opens }]) => (opens !== undefined) === known.has(name));
    expect(unsorted.map(([name]) => name).filter((name) => !name.startsWith('outreach.'))).toEqual([]);
  });

  it('that begins something stands in the flows of every programme that can be applied to', () => {
    expect(new Set(opening.map(({ programme }) => programme))).toEqual(
      new Set(['registration', 'kur', 'nib', 'events', 'appointments']),
    );
  });
});

describe.each(['paused', 'closed', 'unknown'] as const)('while a programme is %s', (state) => {
  it.each(opening)('$flow.id.$name does nothing, says so, and keeps the answers', async (place) => {
    const { flow, name, action, programme } = place;
    content.states.replace(new Map([[programme, { state, reason: 'kantor pindah' }]]));
    const done: string[] = [];
    const watched = new Map<string, Action>([
      ...actions,
      [action, { ...(actions.get(action) as Action), run: () => Promise.reject(new Error(`${action} was done`)) }],
    ]);
    const texts = createTexts(content);
    const deciding: Deciding = {
      routes: {
        library,
        home: content.home,
        keywords: content.keywords,
        exact: content.exact,
        intents: content.intents,
      },
      prepare: content.prepare,
      actions: watched,
      stopped: (one) => content.states.stopped(one),
      cases: { open: ({ kind }) => Promise.resolve(void done.push(kind)), touch: () => Promise.resolve() },
      words: texts,
      secrets: {
        seal: (text) => text,
        open: (text) => text,
        forget: () => Promise.resolve(),
        keep: () => Promise.resolve(''),
      },
      extra: () => ({ office_when: 'Petugas membalas besok.' }),
    };
    const answers = longestAnswers(flow, content);
    const conversation = {
      ...newConversation(inbound(''), 'id'),
      revision: 5,
      heardAt: now,
      session: before(flow, name, answers),
    };
    const { outbox, set } = await decide(deciding, conversation, inbound('ya'), now, {
      worker: 'w',
      connected: true,
      isWritten: () => true,
    });
    const told = outbox.map(({ text }) => text).join('\n');
    expect(told).toContain('tetap saya simpan');
    expect(told).toContain(content.states.nameOf(programme));
    expect(done).toEqual(state === 'unknown' ? ['programme_unknown'] : []);
    const kept = set.session?.kept?.[flow.id] ?? {};
    const lasting = Object.keys(answers).filter((at) => answers[at]?.kind !== 'picked');
    expect(Object.keys(kept).sort()).toEqual(lasting.sort());
  });
});

it('who begins the form again when it runs goes on where it stopped', () => {
  const flow = library.flow('kur');
  if (!flow) throw new Error('There is no flow kur');
  const full = longestAnswers(flow, content);
  const session = { ...before(flow, 'submit', {}), frames: [], kept: { kur: full } };
  const first = settle(start(library, 'kur', session, now));
  expect(topFrame(first.session)).toMatchObject({ flow: 'kur', node: 'check', prefilled: true, answers: full });
  const amount = {
    ...session,
    frames: [{ ...before(flow, 'amount_right', full).frames[0]!, waits: 'answer' as const, prefilled: true }],
  };
  // "No" to what is read back is never passed over, or it would be read back for ever.
  expect(topFrame(resume(library, amount, { type: 'text', text: 'tidak' }, now).session)?.node).toBe('amount');
});
