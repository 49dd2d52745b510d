/** KUR: lenders as people call them, what a month's sales make in a year, how much and how long, and what a loan costs. */
import { Decimal } from 'decimal.js';
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
      amount: action(['fits', 'over'], (context) => amountFits(parts, context)),
      term: action(['fits', 'tools', 'over'], (context) => termFits(parts, context)),
      subsidy: action(['running', 'stopped', 'unknown'], (context) => subsidy(parts, context)),
      count: action(['told', 'both', 'range', 'unknown'], (context) => count(parts, context)),
      whom: action(['known', 'unknown'], (context) => whom(parts, context)),
    },
  };
}

const yes = (value: boolean): Answer => ({ kind: 'yes', yes: value });
const money = (rupiah: number): Answer => ({ kind: 'money', rupiah });
const months = (number: number): Answer => ({ kind: 'number', number, unit: 'months' });

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

/** Whether KUR lends so much at all; both limits are told: the largest loan, and the largest without an NPWP. */
function amountFits({ rule }: KurParts, { answers, now }: ActionContext): ActionResult {
  const amount = answers['fact.amount'];
  const held = rule('kur', now);
  const [most, free] = [numberIn(held, 'kecil_max'), numberIn(held, 'npwp_above')];
  if (amount?.kind !== 'money' || most === undefined || free === undefined) return { outcome: 'fits' };
  const values: Answers = { 'kur.most': money(most), 'kur.free': money(free) };
  return { outcome: amount.rupiah > most ? 'over' : 'fits', values };
}

/** Whether one may take so long to pay: working capital ends sooner than tools, and a small loan sooner than a large one. */
function termFits({ rule }: KurParts, { answers, now }: ActionContext): ActionResult {
  const amount = answers['fact.amount'];
  const term = answers['kur.term'];
  if (amount?.kind !== 'money' || term?.kind !== 'number') return { outcome: 'fits' };
  const held = rule('kur', now);
  const small = amount.rupiah <= (numberIn(held, 'mikro_max') ?? Infinity);
  const work = numberIn(held, small ? 'term_working_mikro' : 'term_working_kecil');
  const tools = numberIn(held, 'term_investment');
  if (work === undefined || tools === undefined) return { outcome: 'fits' };
  const values: Answers = { 'kur.work': months(work), 'kur.long': months(tools) };
  const forTools = answers['kur.tools']?.kind === 'yes' && answers['kur.tools'].yes;
  if (term.number > tools) return { outcome: 'over', values };
  return { outcome: term.number > work && !forTools ? 'tools' : 'fits', values };
}

/** Whether the city pays just now; only what the office has published counts. */
function subsidy({ rule }: KurParts, { now }: ActionContext): ActionResult {
  const running = cityPays(rule, now);
  return { outcome: running === undefined ? 'unknown' : running ? 'running' : 'stopped' };
}

function cityPays(rule: KurParts['rule'], now: number): boolean | undefined {
  const running = rule('kur_subsidy', now).values['running']?.value;
  return typeof running === 'boolean' ? running : undefined;
}

/** Whom to look for at the bank, once the office has said it. */
function whom({ rule }: KurParts, { now }: ActionContext): ActionResult {
  const name = rule('kur', now).values['whom_to_call']?.value;
  if (typeof name !== 'string') return { outcome: 'unknown' };
  return { outcome: 'known', values: { 'kur.whom': { kind: 'text', text: name } } };
}

/** The payment, and what it is while the city pays the interest; a lowest and a highest one where a range was published. */
function count({ rule }: KurParts, { answers, now }: ActionContext): ActionResult {
  const amount = answers['fact.amount'];
  const term = answers['kur.term'];
  if (amount?.kind !== 'money' || term?.kind !== 'number') return { outcome: 'unknown' };
  const held = rule('kur', now);
  const smallest = amount.rupiah <= (numberIn(held, 'super_mikro_max') ?? 0);
  const rate = held.values[smallest ? 'rate_super_mikro' : 'rate_mikro'];
  const [low, high] = ratesIn(rate);
  if (low === undefined || high === undefined) return { outcome: 'unknown' };
  const [cheap, dear] = [low, high].map((one) => instalment(amount.rupiah, one, term.number));
  if (!cheap || !dear) return { outcome: 'unknown' };
  const values: Answers = {
    'kur.rate': { kind: 'written', text: percent(low) },
    'kur.rate_high': { kind: 'written', text: percent(high) },
    'kur.payment': money(cheap.payment),
    'kur.payment_high': money(dear.payment),
    'kur.interest': money(cheap.totalInterest),
    'kur.interest_high': money(dear.totalInterest),
    'kur.payment_city': money(cheap.withoutInterest),
  };
  if (low !== high) return { outcome: 'range', values };
  return { outcome: cityPays(rule, now) ? 'both' : 'told', values };
}

const numberIn = ({ values }: Held, name: string): number | undefined => {
  const value = values[name]?.value;
  return typeof value === 'number' ? value : undefined;
};

/** "0.065" as it is said: "6,5 persen". */
const percent = (rate: string): string => `${new Decimal(rate).times(100).toString().replace('.', ',')} persen`;

/** A rate is decimal text; anything else is none. */
function ratesIn(value: HeldValue | undefined): (string | undefined)[] {
  const text = (given: unknown) => (typeof given === 'string' && /^0?\.\d+$|^0$/.test(given) ? given : undefined);
  if (value?.range) return [text(value.range.low), text(value.range.high)];
  return [text(value?.value), text(value?.value)];
}
