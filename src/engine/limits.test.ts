/** Long lists, circling flows and piles of flows: each has its limit, and none is a dead end. */
import { describe, expect, it } from 'vitest';
import { library as shipped } from '../../test/support/engine.ts';
import {
  limits,
  resume,
  start,
  topFrame,
  type Effect,
  type Flow,
  type FlowNode,
  type Library,
  type Step,
} from './index.ts';

const label = { programme: 'test', key: 'label' };

/** A library of small flows made for one test. */
function libraryOf(
  flows: Record<string, { nodes: Record<string, FlowNode>; options?: Record<string, string[]> }>,
): Library {
  const compiled = new Map(
    Object.entries(flows).map(([id, { nodes, options = {} }]): [string, Flow] => [
      id,
      {
        ...{ id, programme: 'test', version: '1', start: Object.keys(nodes)[0] ?? '', nodes, fields: {} },
        options: Object.fromEntries(
          Object.entries(options).map(([list, ids]) => [
            list,
            ids.map((option) => ({ id: option, words: [option], label })),
          ]),
        ),
      },
    ]),
  );
  return { ...shipped, commands: {}, flow: (id) => compiled.get(id), version: (id) => compiled.get(id) };
}

const shown = (step: Step): string[] => {
  const ask = step.effects.findLast((effect): effect is Extract<Effect, { type: 'ask' }> => effect.type === 'ask');
  return ask?.options.map(({ id }) => id) ?? [];
};
const say = (library: Library, step: Step, text: string) => resume(library, step.session, { type: 'text', text }, 0);

describe('a list of more than five', () => {
  const letters = ['satuan', 'duaan', 'tigaan', 'empatan', 'limaan', 'enaman', 'tujuhan'];
  const library = libraryOf({
    long: {
      nodes: { which: { ask: 'choice', options: 'letters', save: 'x.y', next: 'over' }, over: { end: true } },
      options: { letters },
    },
  });

  it('is shown in pages of four with "lainnya", and begins again after the last', () => {
    const first = start(library, 'long', null, 0);
    expect(shown(first)).toEqual([...letters.slice(0, 4), 'other']);
    const second = say(library, first, '5');
    expect(shown(second)).toEqual([...letters.slice(4), 'other']);
    expect(shown(say(library, second, 'lainnya'))).toEqual([...letters.slice(0, 4), 'other']);
  });

  it('takes the digit of the page that is on the screen, and any option by name', () => {
    const second = say(library, start(library, 'long', null, 0), 'lainnya');
    const chosen = say(library, second, '2');
    expect(chosen.session.frames).toEqual([]);
    expect(say(library, start(library, 'long', null, 0), 'tujuhan').session.frames).toEqual([]);
  });
});

describe('a flow that circles without a question', () => {
  it('ends with an apology and a case for staff', () => {
    const library = libraryOf({ round: { nodes: { a: { case: 'x', next: 'b' }, b: { case: 'y', next: 'a' } } } });
    const { session, effects } = start(library, 'round', null, 0);
    expect(session.frames).toEqual([]);
    expect(effects.length).toBeLessThanOrEqual(limits.STEPS_A_TURN + 2);
    expect(effects.slice(-2)).toMatchObject([
      { type: 'case', kind: 'engine' },
      { type: 'say', text: { key: 'engine.broken' } },
    ]);
  });
});

describe('flows on top of each other', () => {
  it('are called and come back', () => {
    const library = libraryOf({
      outer: {
        nodes: { call: { goto: 'inner', then: 'after' }, after: { say: true, next: 'over' }, over: { end: true } },
      },
      inner: { nodes: { told: { say: true, next: 'over' }, over: { end: true } } },
    });
    const { effects, session } = start(library, 'outer', null, 0);
    expect(effects.map((effect) => effect.type === 'say' && effect.text.key)).toEqual(['inner.told', 'outer.after']);
    expect(session.frames).toEqual([]);
  });

  it('are at most five, and the form at the bottom stays', () => {
    const names = ['form', 'a', 'b', 'c', 'd', 'e', 'f'];
    const library = libraryOf(
      Object.fromEntries(
        names.map((name) => [name, { nodes: { q: { ask: 'name', next: 'over' }, over: { end: true } } }]),
      ),
    );
    const session = names.reduce<Step | null>(
      (step, name) => start(library, name, step?.session ?? null, 0),
      null,
    )?.session;
    expect(session?.frames).toHaveLength(limits.CALL_DEPTH);
    expect([session?.frames[0]?.flow, topFrame(session ?? null)?.flow]).toEqual(['form', 'f']);
  });
});
