/** The shipped rules: at their limits, on the days on which they change over, and for 10,000 made-up persons. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { readContent } from '../src/compose.ts';
import { after, judge, leavesOf, missing, type Facts, type Held } from '../src/rules/index.ts';

const { rules } = readContent();
const on = (date: string, name: string): Held => rules.on(date, [], false).get(name) as Held;
const verdicts = (date: string, name: string, fact: string, values: number[]) =>
  values.map((value) => judge(on(date, name), { [fact]: value }).verdict);

/** A weaver whom nothing keeps from a loan of ten million. */
const ready: Facts = {
  ...{ standing: 'verified', nib: 'verified', letter: false, npwp: false, months: 24, turnover: 60_000_000 },
  ...{ amount: 10_000_000, had_kur: false, bank_loan: false, trained: false, group: false },
};
const kur = on('2026-11-25', 'kur');
const subsidy = on('2026-11-25', 'kur_subsidy');

const yesNo = fc.constantFrom(true, false, undefined);
const amounts = fc.constantFrom(
  1_000_000,
  10_000_000,
  10_000_001,
  50_000_000,
  50_000_001,
  500_000_000,
  500_000_001,
  undefined,
);
const someone = fc.record({
  standing: fc.constantFrom('declared', 'matched', 'verified', 'rejected', undefined),
  nib: fc.constantFrom('none', 'told', 'verified', undefined),
  months: fc.constantFrom(0, 5, 6, 120, undefined),
  turnover: fc.constantFrom(1, 300_000_000, 4_800_000_000, 4_800_000_001, undefined),
  amount: amounts,
  ...{ letter: yesNo, npwp: yesNo, had_kur: yesNo, bank_loan: yesNo, trained: yesNo, group: yesNo },
});

describe('limits and change-over days (domain.md §5, §3.2, §11)', () => {
  it('a business is micro up to the very rupiah', () => {
    expect(verdicts('2021-02-01', 'micro', 'net_worth', [50_000_000, 50_000_001])).toEqual(['yes', 'unknown']);
    expect(verdicts('2021-02-01', 'micro', 'turnover', [300_000_000, 300_000_001])).toEqual(['yes', 'unknown']);
    expect(verdicts('2026-11-25', 'micro', 'turnover', [2_000_000_000, 2_000_000_001])).toEqual(['yes', 'no']);
  });

  it('changes over on 2 February 2021 and on 5 January 2026', () => {
    const sold = { turnover: 300_000_001, net_worth: 50_000_001 };
    expect(['2021-02-01', '2021-02-02'].map((date) => judge(on(date, 'micro'), sold).verdict)).toEqual(['no', 'yes']);
    expect(['2026-01-04', '2026-01-05'].map((date) => on(date, 'kur').id)).toEqual(['kur@?', 'kur@2026-01-05']);
    expect(['2026-01-04', '2026-01-05'].map((date) => judge(on(date, 'kur'), ready).verdict)).toEqual([
      'unknown',
      'yes',
    ]);
  });

  it('a medium business had ten milliards of net worth, not the one of a misprint', () => {
    expect(on('2021-02-01', 'medium').values['net_worth_max']?.value).toBe(10_000_000_000);
  });

  it.each([
    ['turnover', 4_800_000_000, 4_800_000_001],
    ['amount', 500_000_000, 500_000_001],
  ])('KUR ends at a limit: %s', (fact, last, over) => {
    const of = (value: number) => judge(kur, { ...ready, npwp: true, [fact]: value }).verdict;
    expect([of(last), of(over)]).toEqual(['yes', 'no']);
  });

  it('an NPWP is asked for from the first rupiah above fifty million, and six months of business', () => {
    const of = (facts: Facts) => judge(kur, { ...ready, ...facts });
    expect([of({ amount: 50_000_000 }).verdict, of({ amount: 50_000_001 }).verdict]).toEqual(['yes', 'no']);
    // The six months are of the rules of 2023: whoever has fewer is refused by nobody, an officer looks.
    expect([of({ months: 6 }).verdict, of({ amount: 20_000_000, months: 5 }).verdict]).toEqual(['yes', 'unknown']);
  });
});

describe('the two answers', () => {
  it('who had KUR before may have it again; whether the city pays then, an officer says', () => {
    const again = { ...ready, had_kur: true, amount: 20_000_000 };
    expect(judge(kur, again).verdict).toBe('yes');
    expect(judge(subsidy, again)).toMatchObject({ verdict: 'unknown', because: ['never_kur'] });
    expect(missing(subsidy, again)).toBeNull();
  });

  it('an amount that needs an NPWP has two ways out: less, or an NPWP', () => {
    const much = { ...ready, amount: 100_000_000 };
    expect(judge(kur, much).verdict).toBe('no');
    expect(missing(kur, much)).toMatchObject({
      changes: [{ fact: 'amount', to: 50_000_000, step: 'less' }],
      instead: [{ fact: 'npwp', to: true, step: 'npwp' }],
    });
  });

  it('who does not know whether it was KUR never passes', () => {
    const unsure = { ...ready, had_kur: undefined };
    expect(judge(subsidy, unsure)).toMatchObject({ verdict: 'unknown', because: ['never_kur'] });
  });

  it('"one more step: the NIB, or a letter"; nobody is sent on an errand for what is not settled', () => {
    const declared = { ...ready, nib: 'none', standing: 'declared' };
    expect(missing(subsidy, declared)).toBeNull();
    const found = missing(kur, declared);
    expect([found?.changes, found?.instead].map((way) => way?.map(({ step }) => step))).toEqual([['nib'], ['letter']]);
  });

  it('a number of low certainty never decides', () => {
    expect(judge(on('2025-06-01', 'kur'), ready).verdict).toBe('unknown');
  });

  it('no shipped rule of low certainty says no to anybody, or names a step', () => {
    const low = ['2020-01-01', '2025-06-01', '2026-11-25'].flatMap((date) =>
      [...rules.on(date, [], false).values()].filter(({ version }) => version.source.certainty === 'low'),
    );
    expect(low.length).toBeGreaterThan(3);
    fc.assert(
      fc.property(someone, fc.constantFrom(...low), (known, held) => {
        expect(judge(held, known).verdict).not.toBe('no');
        expect(missing(held, known)).toBeNull();
      }),
      { numRuns: 1_000, seed: 20261127 },
    );
  });
});

/** How many changes the smallest set has, found by trying all of them. */
function tried(held: Held, known: Facts, good: (verdict: string) => boolean): number | undefined {
  const offers = new Map<string, Set<string | number | boolean>>();
  for (const { fact, become, is } of leavesOf(held.version.requires)) {
    const to =
      become && (is === undefined && typeof become.to === 'string' ? held.values[become.to]?.value : become.to);
    if (to !== undefined && to !== null && to !== known[fact])
      offers.set(fact, (offers.get(fact) ?? new Set()).add(to));
  }
  let sets: { facts: Facts; count: number }[] = [{ facts: known, count: 0 }];
  for (const [fact, values] of offers)
    sets = sets.flatMap((one) => [
      one,
      ...[...values].map((to) => ({ facts: { ...one.facts, [fact]: to }, count: one.count + 1 })),
    ]);
  sets.sort((a, b) => a.count - b.count);
  return sets.find(({ facts }) => good(judge(held, facts).verdict))?.count;
}

it('of 10,000 made-up persons each is told the smallest set of changes, or none where none helps', () => {
  fc.assert(
    fc.property(someone, fc.constantFrom(kur, subsidy), (known, held) => {
      const found = missing(held, known);
      // What rests on a source of low certainty sends nobody anywhere.
      if (held === subsidy) {
        expect(found).toBeNull();
        return;
      }
      const certain = tried(held, known, (verdict) => verdict === 'yes');
      expect(found?.changes.length).toBe(certain ?? tried(held, known, (verdict) => verdict !== 'no'));
      if (!found) return;
      expect(judge(held, after(known, found.changes)).verdict).toBe(certain === undefined ? 'unknown' : 'yes');
    }),
    { numRuns: 10_000, seed: 20261126 },
  );
});

describe('a broken rule stops the start, with file and line', () => {
  let folder = '';
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const broken = (change: (text: string) => string) => {
    folder = mkdtempSync(join(tmpdir(), 'kawan-rules-'));
    for (const part of ['flows', 'locales']) cpSync(part, join(folder, part), { recursive: true });
    const file = join(folder, 'flows/kur/programme.yaml');
    writeFileSync(file, change(readFileSync(file, 'utf8')));
    return () => readContent({ flows: join(folder, 'flows'), locales: join(folder, 'locales') });
  };
  it.each([
    [
      'overlap',
      (text: string) => text.replace("to: '2026-01-04'", "to: '2026-01-05'"),
      /kur\/programme\.yaml:\d+: .*overlaps/,
    ],
    ['gap', (text: string) => text.replace("to: '2026-01-04'", "to: '2025-12-31'"), /kur\/programme\.yaml:\d+: .*gap/],
    [
      'binary float',
      (text: string) => text.replace("rate_mikro: '0.06'", 'rate_mikro: 0.06'),
      /kur\/programme\.yaml:\d+: .*binary float/,
    ],
    [
      'missing source',
      (text: string) => text.replace(/title: 'Perwali[^']*',/, ''),
      /kur\/programme\.yaml:\d+: .*title/,
    ],
    [
      'unknown fact',
      (text: string) => text.replace('fact: bank_loan', 'fact: bank_debt'),
      /kur\/programme\.yaml:\d+: .*bank_debt/,
    ],
    ['unknown step', (text: string) => text.replace('step: letter', 'step: post'), /kur\/programme\.yaml:\d+: .*post/],
    [
      'value a fact never has',
      (text: string) => text.replace('is: [told, verified]', 'is: [told, done]'),
      /can never be/,
    ],
  ])('%s', (_, change, words) => {
    expect(broken(change)).toThrow(words);
  });
});
