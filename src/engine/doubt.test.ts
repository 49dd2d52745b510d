/** A doubtful answer is read back, at every question that asks for a name; the flows write nothing for it. */
import { describe, expect, it } from 'vitest';
import { content, library, now, say } from '../../test/support/engine.ts';
import { sessionSchema, topFrame, type Effect, type Session } from './index.ts';

const questions = content.flows.sources.flatMap(({ file }) =>
  Object.entries(file.nodes).flatMap(([node, definition]) =>
    'ask' in definition && definition.ask === 'name' && definition.save !== undefined
      ? [{ flow: file.flow, node, save: definition.save }]
      : [],
  ),
);

const at = (flow: string, node: string): Session => {
  const version = library.flow(flow)?.version ?? '';
  const frame = { flow, version, node, waits: 'answer' as const, answers: {}, trail: [], form: 'ask' as const };
  return { v: 1, frames: [frame], askedAt: now };
};
const keys = (effects: readonly Effect[]): string[] =>
  effects.flatMap((effect) =>
    effect.type === 'say' || effect.type === 'ask' ? [...effect.before, effect.text].map(({ key }) => key) : [],
  );
/** What is said to a session, one after the other; each is stored and read back in between. */
const after = (session: Session, ...texts: string[]) =>
  texts.reduce((step, text) => say(sessionSchema.parse(JSON.parse(JSON.stringify(step.session))), text), {
    session,
    effects: [] as readonly Effect[],
  });

it('there are questions for a name', () => expect(questions.length).toBeGreaterThanOrEqual(3));

describe.each(questions)('$flow.$node', ({ flow, node, save }) => {
  const asked = at(flow, node);
  /** Where the answer went; the flow may have ended behind it. */
  const echoed = (effects: readonly Effect[]) =>
    effects.flatMap((effect) =>
      effect.type === 'say' || effect.type === 'ask'
        ? effect.before.flatMap(({ key, values }) => (key === `${flow}.${node}.echo` ? [values?.['answer']] : []))
        : [],
    );
  const answerOf = ({ session, effects }: { session: Session; effects: readonly Effect[] }) =>
    topFrame(session)?.answers[save] ?? echoed(effects)[0];

  it.each(['Selamat', 'siang', 'Tanya', 'Wan', 'Paham'])('reads "%s" back, and a yes takes it whole', (name) => {
    const doubted = after(asked, name);
    expect(keys(doubted.effects)).toContain('engine.sure.ask');
    expect(topFrame(doubted.session)?.answers).toEqual({});
    const text = name[0]?.toUpperCase() + name.slice(1).toLowerCase();
    for (const yes of ['ya', '1', 'iya bu betul', name])
      expect(answerOf(after(doubted.session, yes))).toEqual({ kind: 'text', text });
  });

  it('a no asks again in another way each time, and in the end tells staff', () => {
    const no = after(asked, 'Selamat', 'tidak');
    expect(keys(no.effects)).toEqual(['engine.misread', `${flow}.${node}.example`]);
    const last = after(no.session, 'Selamat', '2', 'Selamat', 'bukan', 'Selamat', 'kada');
    expect(last.effects.some(({ type }) => type === 'case')).toBe(true);
  });

  it('another name takes its place', () =>
    expect(answerOf(after(asked, 'Selamat', 'bukan, Salamah', 'ya'))).toEqual({ kind: 'text', text: 'Salamah' }));

  it('"kembali" undoes it alone, and after a look at the menu it is read back again', () => {
    const back = after(asked, 'Selamat', 'kembali');
    expect(keys(back.effects)).toEqual(['engine.undone', `${flow}.${node}.ask`]);
    expect(keys(after(asked, 'Selamat', 'ulang').effects)).toEqual(['engine.sure.ask']);
    expect(keys(after(asked, 'Selamat', 'apa itu?').effects)).toContain('engine.sure.example');
  });
});
