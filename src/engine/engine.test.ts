/** The engine on the shipped flows: what an answer leads to. */
import { describe, expect, it } from 'vitest';
import { after, HOUR, library, now, say, settle } from '../../test/support/engine.ts';
import { resume, start, topFrame, type Effect, type Step } from './index.ts';

const keys = (effects: readonly Effect[]): string[] =>
  effects.flatMap((effect) =>
    effect.type === 'say' || effect.type === 'ask'
      ? [...effect.before, effect.text].map((ref) => ref.key)
      : [`${effect.type}:${effect.type === 'case' ? effect.kind : ''}`],
  );
const node = (step: Step) => topFrame(step.session)?.node;
const answers = (step: Step) => topFrame(step.session)?.answers ?? {};

describe('a question', () => {
  it('is asked with an echo of the answer before it', () => {
    expect(keys(after('iya', 'Siti Aminah').effects)).toEqual(['register.name.echo', 'register.crafts.ask']);
  });

  it('takes several options where people have several', () => {
    expect(answers(after('iya', 'Siti Aminah', '1 dan 2'))['person.crafts']).toEqual({
      kind: 'options',
      list: 'crafts',
      ids: ['sasirangan', 'purun'],
    });
  });

  it('takes a tap, and meets an old one with the question that is open now', () => {
    const open = after('iya', 'Siti Aminah');
    expect(node(resume(library, open.session, { type: 'tap', option: 'purun', stale: false }, now))).toBe('kelurahan');
    const old = resume(library, open.session, { type: 'tap', option: 'purun', stale: true }, now);
    expect(keys(old.effects)).toEqual(['engine.old_button', 'register.crafts.ask']);
  });

  it('turns a calendar year into years', () => {
    expect(answers(after('iya', 'Siti Aminah', '1', 'palam', '1', 'sejak 1998'))['person.years']).toEqual({
      kind: 'number',
      number: 28,
      unit: 'years',
    });
  });

  it('takes "lawas" and a skip where a number is asked', () => {
    expect(answers(after('iya', 'Siti', '1', 'palam', '1', 'lawas'))['person.years']).toMatchObject({
      kind: 'options',
      ids: ['long'],
    });
    expect(answers(after('iya', 'Siti', '1', 'palam', '1', 'lewati'))['person.years']).toEqual({ kind: 'skipped' });
  });
});

describe('a question that is not understood', () => {
  it('comes with an example, then simpler, then with a way out, then with a person, never twice the same', () => {
    const open = after('iya', 'Siti Aminah', '1');
    const steps = ['🙄', 'hmm', 'zzz', '…'].reduce<Step[]>(
      (all, text) => [...all, say((all.at(-1) ?? open).session, text)],
      [],
    );
    const asked = steps.map((step) => keys(step.effects).join(' '));
    expect(asked).toEqual([
      'unclear.example register.kelurahan.example',
      'unclear.simple register.kelurahan.simple',
      'unclear.stuck engine.stuck',
      'case:stuck unclear.staff register.kelurahan.ask',
    ]);
    expect(new Set(asked).size).toBe(4);
  });

  it('offers the kecamatan, then its kelurahan', () => {
    const simple = ['🙄', 'hmm'].reduce((step, text) => say(step.session, text), after('iya', 'Siti', '1'));
    const ask = simple.effects.at(-1);
    expect(ask?.type === 'ask' && ask.options).toHaveLength(5);
    const within = say(simple.session, '2');
    const narrowed = within.effects.at(-1);
    expect(narrowed?.type === 'ask' && narrowed.options.map(({ id }) => id)).toEqual([
      '63.72.03.1001',
      '63.72.03.1002',
      '63.72.03.1003',
      '63.72.03.1004',
    ]);
    expect(answers(say(within.session, '1'))['person.kelurahan']).toEqual({ kind: 'area', code: '63.72.03.1001' });
  });

  it('asks which of two places of one name is meant', () => {
    const open = say(after('iya', 'Siti', '1').session, 'loktabat');
    const ask = open.effects.at(-1);
    expect(ask?.type === 'ask' && [ask.text.key, ask.options.length]).toEqual(['engine.which', 2]);
    expect(answers(say(open.session, 'selatan'))['person.kelurahan']).toEqual({ kind: 'area', code: '63.72.05.1002' });
  });
});

describe('doubt', () => {
  it('is answered with more where there is more to tell', () => {
    expect(keys(say(after().session, 'gasan napa jadi disimpan?').effects)).toEqual([
      'register.full1',
      'register.full2',
      'register.full3',
      'register.consent_full.ask',
    ]);
  });

  it('is answered where the answer is known, and asked again', () => {
    const { effects, session } = say(after('iya').session, 'ini penipuan kah');
    expect(keys(effects)).toEqual(['scam', 'register.name.ask']);
    expect(node({ effects, session })).toBe('name');
  });

  it('goes to staff at the menu when nobody foresaw it', () => {
    const menu = settle(start(library, 'menu', null, now));
    const { effects } = say(menu.session, 'jalan ke palam macet kah?');
    expect(keys(effects)).toEqual(['case:question', 'engine.asked', 'menu.menu.ask']);
    expect(effects).toContainEqual({ type: 'case', kind: 'question', flow: 'menu', node: 'menu' });
  });

  it('passes a question that may be passed, and is helped without blame elsewhere', () => {
    expect(node(say(after('iya', 'Siti', '1', 'palam', '1').session, 'lupa'))).toBe('right');
    expect(keys(say(after('iya', 'Siti', '1').session, 'kada tahu').effects)).toEqual([
      'engine.unknown',
      'register.kelurahan.example',
    ]);
    expect(keys(say(after('iya').session, 'untuk apa?').effects)).toEqual([
      'case:question',
      'engine.asked',
      'register.name.example',
    ]);
  });

  it('is an answer where a question names what it asks about', () => {
    const topics = settle(start(library, 'information', null, now));
    expect(keys(say(topics.session, 'kur itu apa?').effects)[0]).toBe('kur.what');
  });
});

describe('global words', () => {
  it('"kembali" undoes exactly one answer, and says so at the beginning', () => {
    const open = after('iya', 'Siti Aminah', '1');
    const back = say(open.session, 'kembali');
    expect(node(back)).toBe('crafts');
    expect(answers(back)).not.toHaveProperty('person.crafts');
    expect(answers(back)).toHaveProperty('person.name');
    const first = say(say(say(back.session, 'kembali').session, 'kembali').session, 'kembali');
    expect(node(first)).toBe('consent');
    expect(keys(first.effects)[0]).toBe('engine.nothing_to_undo');
  });

  it('"petugas" opens a case and goes on where it was', () => {
    const step = say(after('iya', 'Siti Aminah').session, 'petugas');
    expect(keys(step.effects)).toEqual(['case:person', 'person.told', 'engine.again', 'register.crafts.ask']);
    expect(step.effects[0]).toMatchObject({ flow: 'register', node: 'crafts' });
  });

  it('"0" is a person where options stand, and a number where a number is asked', () => {
    expect(keys(say(after('iya', 'Siti').session, '0').effects)[0]).toBe('case:person');
    expect(answers(after('iya', 'Siti', '1', 'palam', '1', '0'))['person.years']).toEqual({
      kind: 'number',
      number: 0,
      unit: 'years',
    });
  });

  it('"berhenti" mutes, then asks; "mulai" goes on with the open question', () => {
    const stopped = say(say(after('iya', 'Siti').session, 'berhenti').session, '2');
    expect(keys(stopped.effects)).toEqual(['stop.stopped']);
    expect(node(stopped)).toBe('crafts');
    const again = settle(start(library, 'again', stopped.session, now));
    expect(keys(again.effects)).toEqual(['again.welcome', 'engine.again', 'register.crafts.ask']);
  });

  it('"batal" asks first, and a no goes on', () => {
    const asked = say(after('iya', 'Siti').session, 'batal');
    expect(keys(asked.effects)).toEqual(['cancel.sure.ask']);
    expect(node(say(asked.session, 'tidak'))).toBe('crafts');
    expect(say(asked.session, 'iya').session.frames).toEqual([]);
  });

  it('"menu" in mid-form keeps the form', () => {
    const menu = say(after('iya', 'Siti').session, 'menu');
    expect(node(menu)).toBe('menu');
    const back = say(say(say(menu.session, 'bantuan yang ada').session, '1').session, 'tidak');
    expect(node(back)).toBe('crafts');
  });
});

describe('a correction', () => {
  it('changes one answer and keeps the rest', () => {
    const summary = after('iya', 'Siti Aminah', '1', 'palam', '1', '12');
    const asked = say(say(summary.session, 'tidak').session, 'kelurahan');
    expect(keys(asked.effects)).toEqual(['register.kelurahan.ask']);
    const done = say(asked.session, 'bangkal');
    expect(node(done)).toBe('right');
    expect(answers(done)['person.kelurahan']).toEqual({ kind: 'area', code: '63.72.03.1002' });
    expect(answers(done)['person.name']).toEqual({ kind: 'text', text: 'Siti Aminah' });
  });

  it('asks what the new answer needs and nothing else', () => {
    const summary = after('iya', 'Siti Aminah', '1', 'palam', '1', '12');
    const group = say(say(say(summary.session, 'tidak').session, '4').session, 'anggota kelompok');
    expect(node(group)).toBe('group');
    expect(node(say(group.session, 'Melati'))).toBe('same');
    expect(node(say(say(group.session, 'Melati').session, 'iya'))).toBe('right');
  });
});

describe('time and deploys', () => {
  it('says where we were after an hour', () => {
    const open = after('iya', 'Siti Aminah');
    expect(keys(say(open.session, '2', now + HOUR).effects)[0]).toBe('register.where');
    expect(keys(say(open.session, '2', now + HOUR - 1).effects)[0]).toBe('register.crafts.echo');
  });

  it('apologises when its version is gone, keeps the answers and uses them again, but asks for leave anew', () => {
    const open = after('iya', 'Siti Aminah');
    const frames = open.session.frames.map((frame) => ({ ...frame, version: 'gone' }));
    const step = say({ ...open.session, frames }, '2');
    expect(keys(step.effects)).toEqual(['case:outdated', 'engine.outdated', 'menu.menu.ask']);
    expect(step.session.kept?.['register']).toHaveProperty('person.name');
    const again = say(step.session, '1');
    expect(node(again)).toBe('consent');
    expect(node(say(again.session, 'iya'))).toBe('crafts');
  });
});
