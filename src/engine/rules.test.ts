/**
 * The conversation rules at every question of every flow, generated from the flows: nothing here names a question. Global
 * words, greetings and media are in words.test.ts; docs/conversation.md says which test holds which rule.
 */
import { describe, expect, it } from 'vitest';
import { content, library, now, settle } from '../../test/support/engine.ts';
import { resume, topFrame, type Effect, type Session, type ShownOption } from './index.ts';

type Ask = Extract<Effect, { type: 'ask' }>;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const questions = content.flows.sources.flatMap(({ file }) =>
  Object.entries(file.nodes).flatMap(([node, definition]) =>
    'ask' in definition ? [{ flow: file.flow, node, definition, counted: file.steps !== undefined }] : [],
  ),
);
const before = new Map(
  content.flows.sources.map(({ file }) => [
    file.flow,
    Object.keys(file.nodes).filter((node) => isAsk(file.flow, node)),
  ]),
);
function isAsk(flow: string, node: string): boolean {
  const found = library.flow(flow)?.nodes[node];
  return found !== undefined && 'ask' in found;
}

/** A session that waits at this very question. */
function at(flow: string, node: string, trail: string[] = [], version = library.flow(flow)?.version ?? ''): Session {
  const frame = { flow, version, node, waits: 'answer' as const, answers: {}, trail, form: 'ask' as const };
  return { v: 1, frames: [frame], askedAt: now };
}
const say = (session: Session, text: string, when = now) =>
  settle(resume(library, session, { type: 'text', text }, when), when);
const ask = (effects: readonly Effect[]): Ask | undefined => effects.find((effect) => effect.type === 'ask');
const keys = (effects: readonly Effect[]): string[] =>
  effects.flatMap((effect) =>
    effect.type === 'say' || effect.type === 'ask' ? [...effect.before, effect.text].map(({ key }) => key) : [],
  );

describe.each(questions)('$flow.$node', ({ flow, node, definition, counted }) => {
  it('helps in three steps, never twice in the same words, and then tells staff (rule 5)', () => {
    let session = at(flow, node);
    const said: string[] = [];
    for (let time = 0; time < 3; time++) {
      const step = say(session, '🙂🙂🙂');
      said.push(keys(step.effects).join(' '));
      expect(topFrame(step.session)?.node).toBe(node);
      session = step.session;
    }
    expect(new Set(said).size).toBe(3);
    expect(ask(say(at(flow, node), '🙂').effects)?.form).toBe('example');
    const shown = topFrame(session)?.form === 'stuck' ? ask(say(session, 'ulang').effects) : undefined;
    expect(shown).toBeDefined();
    const last = say(session, '🙂🙂🙂');
    expect(last.effects.some((effect) => effect.type === 'case')).toBe(true);
    expect(topFrame(last.session)?.node).toBe(node);
  });

  it('offers a person when it is stuck (rule 5)', () => {
    let session = at(flow, node);
    let options: readonly ShownOption[] = [];
    for (let time = 0; time < 3; time++) {
      const step = say(session, '🙂🙂🙂');
      session = step.session;
      options = ask(step.effects)?.options ?? [];
    }
    expect(options.map(({ id }) => id)).toEqual(expect.arrayContaining(['human', 'again']));
  });

  it('goes back exactly one answer, and says so where there is none (rule 4)', () => {
    const [first] = before.get(flow) ?? [];
    const one = say(at(flow, node, [first ?? node]), 'kembali');
    expect(topFrame(one.session)).toMatchObject({ node: first, trail: [] });
    expect(keys(one.effects)).toContain('engine.undone');
    const none = say(at(flow, node), 'kembali');
    expect(keys(none.effects)).toContain('engine.nothing_to_undo');
    expect(topFrame(none.session)?.node).toBe(node);
  });

  it.each([
    ['an hour', HOUR],
    ['a day', DAY],
    ['a month', 30 * DAY],
    ['91 days', 91 * DAY],
  ])('goes on after the silence of %s, and a form says where we were (rule 7)', (_name, silence) => {
    const { session, effects } = say(at(flow, node), 'ulang', now + silence);
    expect(topFrame(session)).toMatchObject({ flow, node });
    if (counted && silence >= DAY) expect(keys(effects)[0]).toBe(`${flow}.where`);
    // A reminder leaves the session as it is, so what is answered to the question is taken after any silence.
    const [option] = ask(effects)?.options ?? [];
    if (option && ask(effects)?.numbered)
      expect(keys(say(at(flow, node), '1', now + silence).effects).filter((key) => key.startsWith('unclear'))).toEqual(
        [],
      );
  });

  it('apologises and offers the menu after a deploy that took its version away (rule 7)', () => {
    const { session, effects } = say(at(flow, node, [], 'gone'), '1');
    expect(keys(effects)).toContain('engine.outdated');
    expect(topFrame(session)?.flow ?? 'menu').toBe('menu');
  });

  it('takes a digit, a digit with a dot, a keycap, a tap, the label and every synonym alike (rule 2)', () => {
    const asked = ask(say(at(flow, node), 'ulang').effects);
    for (const [index, option] of (asked?.options ?? []).entries()) {
      const tapped = settle(resume(library, at(flow, node), { type: 'tap', option: option.id, stale: false }, now));
      const digits = asked?.numbered
        ? [`${index + 1}`, `${index + 1}.`, `${index + 1}\uFE0F\u20E3`, `(${index + 1})`]
        : [];
      for (const text of [
        ...digits,
        ...wordsOf(definition.ask === 'choices' ? [] : labelsOf(option), flow, option.id),
      ]) {
        const typed = say(at(flow, node), text);
        expect({ text, to: keys(typed.effects) }).toEqual({ text, to: keys(tapped.effects) });
        expect(typed.session).toEqual(tapped.session);
      }
    }
  });
});

const yesno = questions.filter(({ definition }) => definition.ask === 'yesno');

describe.each(yesno.filter(({ definition }) => definition.skip))('$flow.$node', ({ flow, node }) => {
  it('is passed over by who does not know', () => {
    expect(keys(say(at(flow, node), 'kada tahu').effects)).toContain('engine.skipped');
  });
});

describe.each(yesno.filter(({ definition }) => !definition.skip))('$flow.$node', ({ flow, node }) => {
  it.each(['kada paham ulun', 'kada tahu', 'bingung bu'])('takes "%s" for no answer to yes or no (rule 5)', (text) => {
    const { session, effects } = say(at(flow, node), text);
    expect(topFrame(session)?.node).toBe(node);
    expect(keys(effects)).toContain('engine.unknown');
  });
});

/** The labels of an option in every language that has it. */
function labelsOf({ label }: ShownOption): string[] {
  if ('place' in label || 'written' in label) return [];
  const { locales } = content;
  return locales.languages
    .filter((language) => locales.has(language, label.programme, label.key))
    .map((language) => locales.text(language, label.programme, label.key, {}));
}

/** Labels, and the synonyms of a flow's own option, Indonesian and Banjarese. */
function wordsOf(labels: readonly string[], flow: string, id: string): string[] {
  if (labels.length === 0) return [];
  const options = Object.values(library.flow(flow)?.options ?? {}).flat();
  return [...labels, ...options.filter((option) => option.id === id).flatMap(({ words }) => words)];
}

it('there are questions to try', () => expect(questions.length).toBeGreaterThan(12));
