/** No text names a number that nobody has written down, and none says that a loan is granted: swept over all texts. */
import { describe, expect, it } from 'vitest';
import { readContent } from '../src/compose.ts';
import { saysGranted } from '../src/programmes/applications/granted.ts';
import { namedIn, numbersIn, standsAt, unlisted } from '../src/lint/figures.ts';
import { readScenario, scenarioFiles } from './scenarios/scenario.ts';

const content = readContent();
const { locales, figures, rules } = content;
const texts = locales.languages.flatMap((language) =>
  locales.programmes(language).flatMap((programme) =>
    locales
      .keys(language, programme)
      .filter((key) => !key.endsWith('.words') && locales.has(language, programme, key))
      .map((key) => ({ at: `${programme}.${key}`, text: locales.text(language, programme, key, {}) })),
  ),
);

describe('numbers', () => {
  it.each([
    ['Bunga 6 persen, paling lama 36 bulan.', ['6 persen', '36 bulan']],
    ['Bayar Rp 500.000 dalam tiga hari.', ['rp 500.000', 'tiga hari']],
    ['Merek berlaku sepuluh tahun.', ['sepuluh tahun']],
    ['Bunga 6% setahun', ['6']],
    ['Ketik *1* kalau ya. (2 dari 3) Langkah 4. Contohnya *1 dan 2*. Satu orang {{count}}.', []],
  ])('are found in %j', (text, found) => expect(numbersIn(text).map((one) => one.replace(/ ?%/, ''))).toEqual(found));

  it('stand all in figures.yaml', () => {
    expect(unlisted(content)).toEqual([]);
    expect(namedIn(content).length).toBeGreaterThan(60);
  });

  it('are listed for no text that does not name them', () => {
    const named = namedIn(content);
    expect(figures.filter((figure) => !named.some((one) => standsAt(figure, one)))).toEqual([]);
  });

  it('agree with the rules that they repeat', () => {
    const held = rules.on('2026-11-25', [], true);
    const repeated = figures.flatMap(({ rule = '', value }) => (rule === '' ? [] : [{ rule, value }]));
    expect(repeated.length).toBeGreaterThan(8);
    for (const { rule, value } of repeated) {
      const [name = '', key = ''] = rule.split('.');
      expect({ rule, value: held.get(name)?.values[key]?.value }).toEqual({ rule, value });
    }
  });
});

describe('a loan', () => {
  const ofLoans = (at: string) => /^(?:kur\.|faq\.kur_|faq\.size)/.test(at);

  it('is granted by no text: the bank decides', () => {
    const loans = texts.filter(({ at }) => ofLoans(at));
    expect(loans.length).toBeGreaterThan(200);
    expect(loans.filter(({ text }) => saysGranted(text))).toEqual([]);
    const decided = texts.filter(({ at }) => at === 'kur.decisions.approved');
    expect(decided).toHaveLength(locales.languages.length);
    for (const { text } of decided) expect(text).toMatch(/bank (?:yang memutuskan|nang mamutusakan)/iu);
  });

  it('is granted in no conversation of KUR', () => {
    const files = scenarioFiles().filter((file) => file.startsWith('flows/kur/'));
    expect(files.length).toBeGreaterThan(20);
    const said = files.flatMap((file) =>
      readScenario(file).turns.flatMap(({ back, arrives }) => [...back, ...arrives]),
    );
    expect(said.filter((text) => saysGranted(text))).toEqual([]);
  });

  it('costs nothing at the office only, and every payment names its rate as an estimate', () => {
    const loans = texts.filter(({ at }) => ofLoans(at));
    expect(loans.filter(({ text }) => /tidak ada biaya|kadada biaya/iu.test(text))).toEqual([]);
    const free = loans.filter(({ text }) => /\bgratis\b/iu.test(text));
    expect(free.every(({ text }) => /kantor dinas gratis/iu.test(text))).toBe(true);
    const payments = texts.filter(({ text }) => /\{\{payment/u.test(text));
    expect(payments.length).toBeGreaterThan(4);
    for (const { text } of payments) {
      expect(text).toMatch(/perkiraan|kira-kira/iu);
      expect(text).toMatch(/\{\{rate\}\}|tanpa bunga|kada pakai bunga/u);
    }
  });
});
