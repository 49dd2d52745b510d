/** The worked values of domain.md §3.4, to the rupiah; the flat method is nowhere. */
import { describe, expect, it } from 'vitest';
import { instalment } from './instalment.ts';

/** Loan, rate, months, payment, total interest, and what the wrong flat method would ask a month. */
const table: [number, string, number, number, number, number | null][] = [
  [5_000_000, '0.06', 12, 430_332, 163_986, 441_667],
  [10_000_000, '0.03', 12, 846_937, 163_244, null],
  [10_000_000, '0.06', 12, 860_664, 327_972, 883_333],
  [10_000_000, '0.06', 24, 443_206, 636_946, 466_667],
  [10_000_000, '0.06', 36, 304_219, 951_897, 327_778],
  [25_000_000, '0.06', 36, 760_548, 2_379_744, 819_444],
  [50_000_000, '0.06', 36, 1_521_097, 4_759_487, 1_638_889],
  [100_000_000, '0.06', 60, 1_933_280, 15_996_809, 2_166_667],
];

describe('an instalment', () => {
  it.each(table)(
    'of %i at %s over %i months is %i, with %i of interest in all',
    (loan, rate, months, payment, interest, flat) => {
      const told = instalment(loan, rate, months);
      expect([told.payment, told.totalInterest]).toEqual([payment, interest]);
      if (flat !== null) expect(told.payment).toBeLessThan(flat);
    },
  );

  it('pays the loan and its interest to the rupiah; the remainder is in the last', () => {
    for (const [loan, rate, months] of table) {
      const { payment, last, totalInterest, months: schedule } = instalment(loan, rate, months);
      expect(payment * (months - 1) + last).toBe(loan + totalInterest);
      expect(Math.abs(last - payment)).toBeLessThan(months);
      expect(schedule.reduce((sum, { principal }) => sum + principal, 0)).toBe(loan);
      expect(schedule.reduce((sum, { interest }) => sum + interest, 0)).toBe(totalInterest);
    }
  });

  it('begins with more interest and ends with less, as the worked months do', () => {
    const { months } = instalment(10_000_000, '0.06', 12);
    expect(months.slice(0, 3)).toEqual([
      { interest: 50_000, principal: 810_664 },
      { interest: 45_947, principal: 814_718 },
      { interest: 41_873, principal: 818_791 },
    ]);
    expect(months.at(-1)).toEqual({ interest: 4_282, principal: 856_382 });
  });

  it('never costs what the flat method would: interest falls with what is owed', () => {
    for (const [loan, rate, months] of table) {
      const flatInterest = (loan * Number(rate) * months) / 12;
      expect(instalment(loan, rate, months).totalInterest).toBeLessThan(flatInterest * 0.6);
    }
  });

  it('without interest is the loan in equal parts', () => {
    expect(instalment(10_000_000, '0', 12)).toMatchObject({
      payment: 833_333,
      totalInterest: 0,
      withoutInterest: 833_333,
      last: 833_337,
    });
    expect(instalment(10_000_000, '0.06', 12).withoutInterest).toBe(833_333);
    expect(instalment(7, '0.06', 1)).toMatchObject({ payment: 7, last: 7 });
  });
});
