/**
 * What a loan costs: an annuity, that is equal payments with interest on what is still owed (domain.md §3.4). "Flat" in the
 * news means one rate for all, never the flat method. Decimal arithmetic; whole rupiah come out, the remainder in the last
 * payment. Banks round and insure, so it is always an estimate.
 */
import { Decimal } from 'decimal.js';

const Exact = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_UP });

export interface Instalment {
  /** Each payment but the last, in rupiah. */
  payment: number;
  last: number;
  totalInterest: number;
  /** What is paid a month when somebody else pays the interest: the loan in equal parts, the remainder in the last. */
  withoutInterest: number;
  months: readonly { interest: number; principal: number }[];
}

/** @param rate a year, as decimal text ("0.06"); @param months at least one */
export function instalment(loan: number, rate: string, months: number): Instalment {
  const monthly = new Exact(rate).div(12);
  const exact = monthly.isZero()
    ? new Exact(loan).div(months)
    : new Exact(loan).mul(monthly).div(new Exact(1).sub(monthly.add(1).pow(-months)));
  const payment = rounded(exact);
  const totalInterest = rounded(exact.mul(months).sub(loan));
  return {
    payment,
    last: loan + totalInterest - payment * (months - 1),
    totalInterest,
    withoutInterest: rounded(new Exact(loan).div(months)),
    months: schedule(loan, monthly, exact, months),
  };
}

/** Each month to the rupiah so that the sums are exact: what is rounded in one month is made up for in the next. */
function schedule(loan: number, monthly: Decimal, payment: Decimal, months: number) {
  let owed = new Exact(loan);
  let interests = new Exact(0);
  const told = { interest: 0, principal: 0 };
  return Array.from({ length: months }, () => {
    const interest = owed.mul(monthly);
    owed = owed.sub(payment.sub(interest));
    interests = interests.add(interest);
    const step = {
      interest: rounded(interests) - told.interest,
      principal: rounded(new Exact(loan).sub(owed)) - told.principal,
    };
    told.interest += step.interest;
    told.principal += step.principal;
    return step;
  });
}

const rounded = (value: Decimal): number => value.toDecimalPlaces(0).toNumber();
