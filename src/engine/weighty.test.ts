/**
 * Every consent question of every flow, found by its flag, and all that people write: nothing gives leave but a clear yes.
 * All lines at all questions through the engine: `npm run consents`; here all lines are read, and a share walks.
 */
import { describe, expect, it } from 'vitest';
import { consentCases, consentQuestions, consents, corpus, saysOnlyYes } from '../../test/support/consents.ts';
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

describe('what is read back', () => {
  it.each(['sudah', 'sudah benar semua', 'hudah pas', 'kada salah', 'gak ada yang salah', 'bujur sabarataan', 'ya'])(
    'is confirmed by "%s"',
    (text) => expect(readAgreement(text, true)).toEqual({ understood: true, value: true }),
  );
  it.each(['lanjut', 'ya tapi namanya salah', 'benar 50 juta', 'sudah saya kirim tadi'])('is not by "%s"', (text) =>
    expect(readAgreement(text, true)).not.toEqual({ understood: true, value: true }),
  );
});
