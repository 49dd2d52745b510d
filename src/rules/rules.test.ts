/** Rules refuse what would mislead; what is missing is never too much, never impossible, never a "yes" that is none. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { after, holding, judge, leavesOf, missing, ruleSchema, type Facts, type Held, type Scalar } from './index.ts';

const source = { title: 'Aturan contoh', checked: '2026-11-25', certainty: 'high' };
const rule = (versions: object[]): unknown => ({ rule: 'loan', versions });
const parse = (versions: object[]) => ruleSchema.safeParse(rule(versions));
const held = (requires: object, values: object = {}): Held => {
  const read = ruleSchema.parse(rule([{ from: '2026-01-01', source, values, requires }]));
  return holding(read, { date: '2026-11-25', production: false }, []) as Held;
};

describe('a rule file is refused', () => {
  it.each([
    [
      'where two versions overlap',
      [
        { from: '2026-01-01', to: '2026-06-30', source },
        { from: '2026-06-30', source },
      ],
      /overlaps/,
    ],
    [
      'where an open end is followed by another version',
      [
        { from: '2026-01-01', source },
        { from: '2026-06-30', source },
      ],
      /overlaps/,
    ],
    [
      'where there is a gap',
      [
        { from: '2026-01-01', to: '2026-06-29', source },
        { from: '2026-07-01', source },
      ],
      /gap/,
    ],
    [
      'where a later version begins on a day that nobody has given',
      [
        { from: null, to: '2026-06-29', source },
        { from: null, source },
      ],
      /only the first version/,
    ],
    ['where a version ends before it begins', [{ from: '2026-02-01', to: '2026-01-01', source }], /ends before/],
    ['for a binary float', [{ from: '2026-01-01', source, values: { rate: 0.06 } }], /binary float/],
    ['without a source', [{ from: '2026-01-01' }], /source|object/],
    ['with an empty source', [{ from: '2026-01-01', source: { ...source, title: '' } }], /needs a source/],
    [
      'where an unknown value asks nobody',
      [{ from: '2026-01-01', source, values: { rate: null } }],
      /is not known: say under/,
    ],
    [
      'where a condition compares with a value that is not there',
      [{ from: '2026-01-01', source, requires: { id: 'a', fact: 'amount', atMost: 'limit' } }],
      /stands nowhere/,
    ],
  ])('%s', (_, versions, words) => {
    const read = parse(versions);
    expect(read.success).toBe(false);
    expect(JSON.stringify(read.error?.issues)).toMatch(words);
  });
});

describe('what holds on a day', () => {
  const read = ruleSchema.parse(
    rule([
      { from: '2021-01-01', to: '2021-02-01', source, values: { limit: 300 } },
      {
        from: '2021-02-02',
        source: { ...source, staleAfterDays: 90 },
        values: { limit: 2_000, rate: null },
        asks: { rate: { kind: 'rate', label: 'Bunga', blocks: 'Cicilan' } },
      },
    ]),
  );
  const on = (date: string, published: Parameters<typeof holding>[2] = []) =>
    holding(read, { date, production: false }, published);

  it('changes over at midnight of the office', () => {
    expect(['2020-12-31', '2021-02-01', '2021-02-02'].map((date) => on(date)?.values['limit']?.value)).toEqual([
      undefined,
      300,
      2_000,
    ]);
  });

  it('holds since nobody knows when, where the first day is not given', () => {
    const since = ruleSchema.parse(
      rule([
        { from: null, to: '2026-01-04', source, values: { limit: 1 } },
        { from: '2026-01-05', source, values: { limit: 2 } },
      ]),
    );
    const ids = ['1999-01-01', '2026-01-04', '2026-01-05'].map(
      (date) => holding(since, { date, production: false }, [])?.id,
    );
    expect(ids).toEqual(['loan@?', 'loan@?', 'loan@2026-01-05']);
  });

  it('is stale when the source was looked at too long ago', () => {
    expect([on('2027-02-23')?.stale, on('2027-02-24')?.stale]).toEqual([false, true]);
  });

  it('is the file and, over it, what was published up to that day; the version tells both', () => {
    const published = {
      id: 'v1',
      rule: 'loan',
      name: 'rate',
      value: '0.03',
      range: null,
      source: 'Bank',
      checked: '2026-11-25',
    };
    const later = { ...published, id: 'v2', from: '2026-12-01', value: '0.06' };
    const all = [later, { ...published, from: '2026-11-01' }];
    expect(
      ['2026-10-31', '2026-11-30', '2026-12-01'].map((date) => [
        on(date, all)?.id,
        on(date, all)?.values['rate']?.value,
      ]),
    ).toEqual([
      ['loan@2021-02-02', null],
      ['loan@2021-02-02+v1', '0.03'],
      ['loan@2021-02-02+v2', '0.06'],
    ]);
  });

  it('leaves a sample and a number of low certainty unknown where people are served', () => {
    const sample = ruleSchema.parse(
      rule([
        {
          from: '2026-01-01',
          source,
          values: { hour: 9 },
          asks: { hour: { kind: 'number', label: 'Jam', blocks: 'Janji', sample: true } },
        },
      ]),
    );
    const value = (production: boolean) => holding(sample, { date: '2026-11-25', production }, [])?.values['hour'];
    expect([value(false)?.value, value(true)?.value, value(true)?.unknown]).toEqual([9, null, 'sample']);
    const low = ruleSchema.parse(
      rule([{ from: '2026-01-01', source: { ...source, certainty: 'low' }, values: { limit: 5 } }]),
    );
    expect(holding(low, { date: '2026-11-25', production: false }, [])?.values['limit']).toMatchObject({
      value: null,
      unknown: 'low certainty',
    });
  });
});

describe('a judgement', () => {
  const limits = held({ id: 'turnover', fact: 'turnover', atMost: 'limit' }, { limit: 300_000_000 });

  it('holds at the very limit and not one rupiah over it', () => {
    expect([300_000_000, 300_000_001].map((turnover) => judge(limits, { turnover }).verdict)).toEqual(['yes', 'no']);
  });

  it('is unknown where the person or the office does not know, and never a yes', () => {
    expect(judge(limits, {}).verdict).toBe('unknown');
    const open = held({
      all: [
        { id: 'first', fact: 'had_kur', is: false },
        { id: 'nib', fact: 'nib', is: 'told' },
      ],
    });
    expect(judge(open, { nib: 'told' })).toMatchObject({ verdict: 'unknown', because: ['first'] });
    expect(judge(open, { nib: 'none' })).toMatchObject({ verdict: 'no', because: ['nib'] });
  });

  it('names the nearest of several ways', () => {
    const ways = held({
      any: [
        {
          all: [
            { id: 'a', fact: 'a', is: true },
            { id: 'b', fact: 'b', is: true },
          ],
        },
        { id: 'c', fact: 'c', is: true },
      ],
    });
    expect(judge(ways, { a: false, b: false, c: false }).because).toEqual(['c']);
  });
});

const facts = ['a', 'b', 'c', 'd'] as const;
const step = fc.constantFrom('one', 'two', 'three');
const leaf = fc.oneof(
  fc.record(
    {
      id: fc.constantFrom('p', 'q', 'r'),
      fact: fc.constantFrom('a', 'b'),
      is: fc.constantFrom('x', 'y', ['x', 'y']),
      unsure: fc.constantFrom('yes', 'no'),
      become: fc.record({ to: fc.constantFrom('x', 'y'), step }),
    },
    { requiredKeys: ['id', 'fact', 'is'] },
  ),
  fc
    .tuple(
      fc.constantFrom('c', 'd'),
      fc.constantFrom('atMost', 'atLeast', 'above'),
      fc.nat(9),
      fc.option(fc.tuple(fc.nat(9), step)),
    )
    .map(([fact, how, limit, become]) => ({
      id: 's',
      fact,
      [how]: limit,
      ...(become && { become: { to: become[0], step: become[1] } }),
    })),
);
const { tree } = fc.letrec<{ tree: object }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
  ),
}));
const letters = fc.constantFrom<Scalar | undefined>('x', 'y', 'z', undefined);
const digits = fc.option(fc.nat(9), { nil: undefined });
const person = fc.record({ a: letters, b: letters, c: digits, d: digits });

/** Every way to change facts, tried one after the other; how many changes the smallest needs. */
export function tryAll(rule_: Held, known: Facts, good: (verdict: string) => boolean): number | undefined {
  const offers = facts.map((fact) => [
    undefined,
    ...leavesOf(rule_.version.requires).flatMap((one) => (one.fact === fact && one.become ? [one.become.to] : [])),
  ]);
  let best: number | undefined;
  const go = (index: number, now: Facts, changed: number): void => {
    if (best !== undefined && changed >= best) return;
    const fact = facts[index];
    if (fact === undefined) {
      if (good(judge(rule_, now).verdict)) best = changed;
      return;
    }
    for (const to of offers[index] ?? [])
      go(index + 1, to === undefined ? now : { ...now, [fact]: to }, changed + (to === undefined ? 0 : 1));
  };
  go(0, known, 0);
  return best;
}

it('what is missing is the smallest set that there is, for 10,000 made-up rules and persons', () => {
  fc.assert(
    fc.property(tree, person, (requires, known) => {
      const rule_ = held(requires);
      const found = missing(rule_, known);
      const certain = tryAll(rule_, known, (verdict) => verdict === 'yes');
      const smallest = certain ?? tryAll(rule_, known, (verdict) => verdict !== 'no');
      expect(found?.changes.length).toBe(smallest);
      if (!found) return;
      expect(found.certain).toBe(certain !== undefined);
      const then = judge(rule_, after(known, found.changes)).verdict;
      expect(found.certain ? then === 'yes' : then === 'unknown').toBe(true);
    }),
    { numRuns: 10_000, seed: 20261126 },
  );
});
