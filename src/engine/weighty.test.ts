/**
 * Every consent question of every flow, found by its flag, and all that people write: nothing gives leave but a clear yes.
 * All lines at all questions through the engine: `npm run consents`; here all lines are read, and a share walks.
 */
import { describe, expect, it } from 'vitest';
import { consentCases, consentQuestions, consents, corpus, saysOnlyYes } from '../../test/support/consents.ts';
import { content, HOUR, library, now } from '../../test/support/engine.ts';
import { resume, topFrame, type Input, type Session } from './index.ts';
import { readAgreement } from '../understanding/index.ts';

const agrees = (text: string): boolean => {
  const reading = readAgreement(text);
  return reading.understood && reading.value;
};

/** One line in so many walks through the engine. */
const SHARE = 40;

describe('a consent', () => {
  it('is read out of nothing that is no yes, and of nothing that answers another question', () => {
    expect(consentCases.length).toBeGreaterThan(3_000);
    expect(consentCases.filter(({ text }) => agrees(text)).map(({ text }) => text)).toEqual([]);
  });

  it('is taken from who says yes, or that one is willing, and no more', () => {
    const only = corpus.filter(({ id }) => saysOnlyYes.has(id));
    const missed = only.filter(({ text }) => !agrees(text)).map(({ text }) => text);
    expect(1 - missed.length / only.length, missed.join(' | ')).toBeGreaterThanOrEqual(0.95);
  });

  it.each([
    'ulun handak umpat bantuan modal',
    'minta didaftar',
    'terima kasih ya bu',
    'ya maaf saya masih di pasar',
    'tolong daftarkan ya',
    'oke makasih',
    'baik-baik saja bu',
    'ibu saya mau',
    'mama ulun jar sidin hakun',
    'kawa lah',
    'kenapa tidak bisa',
    'lanjut',
    'go on',
    'sudah',
    'mau data harga',
    'purun',
    'maulah',
    'boleh tanya dulu',
    'ulun batakun lah',
    'nang partama lah',
  ])('is not "%s"', (text) => expect(agrees(text)).toBe(false));

  it.each(['kada', 'tidak bu', 'jangan disimpan', 'mboten', 'emoh'])('is refused by "%s"', (text) =>
    expect(readAgreement(text)).toEqual({ understood: true, value: false }),
  );

  it.each(consentQuestions)('at %o walks on a clear yes only', ({ flow, node }) => {
    expect(consents(flow, node, 'iya boleh bu')).toBe(true);
    for (const text of ['1', '1.', '(1)', '1️⃣', 'Ya', 'inggih']) expect(consents(flow, node, text)).toBe(true);
    const sample = consentCases.filter((_, index) => index % SHARE === 0);
    expect(sample.filter(({ text }) => consents(flow, node, text)).map(({ text }) => text)).toEqual([]);
  });

  it('is asked in several flows', () =>
    expect(new Set(consentQuestions.map(({ flow }) => flow)).size).toBeGreaterThan(2));
});

describe('after six hours', () => {
  const weighty = content.flows.sources.flatMap(({ file }) =>
    Object.entries(file.nodes).flatMap(([node, definition]) =>
      'ask' in definition && (definition.consent || definition.readback) ? [{ flow: file.flow, node }] : [],
    ),
  );
  const inputs: Input[] = [
    { type: 'text', text: 'ya' },
    { type: 'text', text: '1' },
    { type: 'tap', option: 'yes', stale: false },
  ];

  it.each(weighty)('%o is shown again before an answer counts', ({ flow, node }) => {
    const frame = { flow, version: library.flow(flow)?.version ?? '', node, trail: [], answers: {} };
    const session: Session = { v: 1, frames: [{ ...frame, waits: 'answer', form: 'ask' }], askedAt: now };
    for (const input of inputs) {
      const late = resume(library, session, input, now + 6 * HOUR);
      expect(topFrame(late.session)).toMatchObject({ flow, node });
      expect(topFrame(resume(library, session, input, now + 5 * HOUR).session)?.node).not.toBe(node);
      expect(topFrame(resume(library, late.session, input, now + 6 * HOUR + 60_000).session)?.node).not.toBe(node);
    }
    const prompt: Input = { type: 'text', text: 'ya', sent: now + HOUR };
    expect(topFrame(resume(library, session, prompt, now + 9 * HOUR).session)?.node).not.toBe(node);
  });
});

describe('a step that waits for "sudah"', () => {
  const at = (node: string): Session => {
    const frame = { flow: 'nib_make', version: library.flow('nib_make')?.version ?? '', node, trail: [], answers: {} };
    return { v: 1, frames: [{ ...frame, waits: 'answer', form: 'ask' }], askedAt: now };
  };
  const steps = Object.entries(library.flow('nib_make')?.nodes ?? {}).flatMap(([name, node]) =>
    'ask' in node && node.deed ? [name] : [],
  );

  it.each(steps)('%s is not lost by "go on" or a mere yes', (node) => {
    for (const text of ['lanjut', 'go on', 'terus', 'tarusakan', 'lanjutkan', 'ya', 'oke', 'baik bu', 'mau'])
      expect({ text, node: topFrame(resume(library, at(node), { type: 'text', text }, now).session)?.node }).toEqual({
        text,
        node,
      });
    for (const text of ['sudah', 'hudah bu', 'sudah selesai', '1', 'tuntung'])
      expect(topFrame(resume(library, at(node), { type: 'text', text }, now).session)?.node).not.toBe(node);
  });

  it('is found by its flag', () => expect(steps.length).toBe(6));
});

describe('what is read back', () => {
  it.each(['sudah', 'sudah benar semua', 'hudah pas', 'kada salah', 'gak ada yang salah', 'bujur sabarataan', 'ya'])(
    'is confirmed by "%s"',
    (text) => expect(readAgreement(text, true)).toEqual({ understood: true, value: true }),
  );
  it.each(['lanjut', 'ya tapi namanya salah', 'benar 50 juta', 'sudah saya kirim tadi'])('is not by "%s"', (text) =>
    expect(readAgreement(text, true)).not.toEqual({ understood: true, value: true }),
  );
});
