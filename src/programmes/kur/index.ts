/** KUR: lenders as people call them, what a month's sales make in a year, and what a loan costs. */
import type { Answer, Answers } from '../../engine/index.ts';
import type { Held, HeldValue } from '../../rules/index.ts';
import type { Action, ActionContext, ActionResult, Programme } from '../programme.ts';
import { instalment } from './instalment.ts';

export interface KurParts {
  /** The rule of that name as it holds at an instant. */
  rule(name: string, now: number): Held;
}

export function createKur(parts: KurParts): Programme {
  const action = (outcomes: readonly string[], run: (context: ActionContext) => ActionResult): Action => ({
    outcomes,
    changes: false,
    run: (context) => Promise.resolve(run(context)),
  });
  return {
    id: 'kur',
    actions: {
      lenders: action(['clear', 'both'], lenders),
      sales: action(['done'], sales),
      subsidy: action(['running', 'stopped', 'unknown'], (context) => subsidy(parts, context)),
      count: action(['told', 'range', 'unknown'], (context) => count(parts, context)),
      whom: action(['known', 'unknown'], (context) => whom(parts, context)),
    },
  };
}

const yes = (value: boolean): Answer => ({ kind: 'yes', yes: value });
const money = (rupiah: number): Answer => ({ kind: 'money', rupiah });

/**
 * Which of the lenders count: KUR for the city's rule, a bank's loan for the nation's. Who does not know passes neither.
 * "Never" beside a lender is asked again.
 */
function lenders({ answers }: ActionContext): ActionResult {
  const given = answers['kur.lenders'];
  const ids = given?.kind === 'options' ? given.ids : [];
  if (ids.includes('never') && ids.length > 1) return { outcome: 'both' };
  const unsure = ids.includes('unknown') || ids.length === 0;
  const fact = (id: string): Answer => (ids.includes(id) ? yes(true) : unsure ? { kind: 'skipped' } : yes(false));
  return { outcome: 'clear', values: { 'fact.had_kur': fact('kur'), 'fact.bank_loan': fact('bank') } };
}

const MONTHS = 12;

function sales({ answers }: ActionContext): ActionResult {
  const month = answers['kur.sales'];
  return { outcome: 'done', values: month?.kind === 'money' ? { 'fact.turnover': money(month.rupiah * MONTHS) } : {} };
}

/** Whether the city pays just now; only what the office has published counts. */
function subsidy({ rule }: KurParts, { now }: ActionContext): ActionResult {
  const running = rule('kur_subsidy', now).values['running']?.value;
  return { outcome: running === true ? 'running' : running === false ? 'stopped' : 'unknown' };
}

/** Whom to look for at the bank, once the office has said it. */
function whom({ rule }: KurParts, { now }: ActionContext): ActionResult {
  const name = rule('kur', now).values['whom_to_call']?.value;
  if (typeof name !== 'string') return { outcome: 'unknown' };
  return { outcome: 'known', values: { 'kur.whom': { kind: 'text', text: name } } };
}

/** The payment, or a lowest and a highest one where the office has published a range. */
function count({ rule }: KurParts, { answers, now }: ActionContext): ActionResult {
  const amount = answers['fact.amount'];
  const term = answers['kur.term'];
  if (amount?.kind !== 'money' || term?.kind !== 'number') return { outcome: 'unknown' };
  const held = rule('kur', now);
  const rate = held.values[numberIn(held, 'super_mikro_max') >= amount.rupiah ? 'rate_super_mikro' : 'rate_mikro'];
  const [low, high] = ratesIn(rate);
  if (low === undefined || high === undefined) return { outcome: 'unknown' };
  const [cheap, dear] = [low, high].map((one) => instalment(amount.rupiah, one, term.number));
  if (!cheap || !dear) return { outcome: 'unknown' };
  const values: Answers = {
    'kur.payment': money(cheap.payment),
    'kur.payment_high': money(dear.payment),
    'kur.interest': money(cheap.totalInterest),
    'kur.interest_high': money(dear.totalInterest),
    'kur.payment_city': money(cheap.withoutInterest),
  };
  return { outcome: low === high ? 'told' : 'range', values };
}

const numberIn = ({ values }: Held, name: string): number => {
  const value = values[name]?.value;
  return typeof value === 'number' ? value : 0;
};

/** A rate is decimal text; anything else is none. */
function ratesIn(value: HeldValue | undefined): (string | undefined)[] {
  const text = (given: unknown) => (typeof given === 'string' && /^0?\.\d+$|^0$/.test(given) ? given : undefined);
  if (value?.range) return [text(value.range.low), text(value.range.high)];
  return [text(value?.value), text(value?.value)];
}
