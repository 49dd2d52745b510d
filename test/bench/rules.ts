/** Rules and the solver for made-up persons, beside trying every set of changes; and the queries of one *cek status*. */
import type { Product } from '../../src/compose.ts';
import { judge, leavesOf, missing, type Facts, type Held, type Scalar } from '../../src/rules/index.ts';
import { systemClock } from '../../src/shared/clock.ts';
import type { Database } from '../../src/storage/connect.ts';
import { middle, OurTurns, type BenchChannel } from './turn.ts';

const PERSONS = 20_000;
/** Trying everything is slow; so many are enough to compare. */
const TRIED = 2_000;

export interface RuleFigures {
  /** Persons a second, each judged by both rules of KUR and told what is missing. */
  rules_per_s: number;
  /** The solver over trying every set. */
  rules_ratio: number;
}

export function benchRules({ content }: Product, rounds: number): RuleFigures {
  const held = ['kur', 'kur_subsidy'].map((name) => content.rules.rule(name, systemClock.now()));
  const persons = Array.from({ length: PERSONS }, (_, index) => person(index));
  const pairs = Array.from({ length: rounds }, () => ({
    ours: perSecond(persons, (facts) => {
      for (const rule of held) void [judge(rule, facts), missing(rule, facts)];
    }),
    tried: perSecond(persons.slice(0, TRIED), (facts) => {
      for (const rule of held) void tryAll(rule, facts);
    }),
  }));
  return {
    rules_per_s: Math.round(middle(pairs.map(({ ours }) => ours))),
    rules_ratio: middle(pairs.map(({ ours, tried }) => ours / tried)),
  };
}

function perSecond(persons: readonly Facts[], work: (facts: Facts) => void): number {
  const began = process.hrtime.bigint();
  for (const facts of persons) work(facts);
  return persons.length / (Number(process.hrtime.bigint() - began) / 1e9);
}

/** Somebody, the same for the same number. */
function person(index: number): Facts {
  const pick = (list: readonly (Scalar | undefined)[], step: number) => list[Math.floor(index / step) % list.length];
  const yesNo = [true, false, undefined];
  return {
    standing: pick(['declared', 'matched', 'verified', 'rejected'], 1),
    nib: pick(['none', 'told', 'verified', undefined], 4),
    amount: pick([1_000_000, 10_000_000, 10_000_001, 50_000_000, 60_000_000, 600_000_000], 16),
    months: pick([0, 5, 6, 120, undefined], 7),
    turnover: pick([10_000_000, 4_800_000_000, 4_800_000_001, undefined], 3),
    ...{ had_kur: pick(yesNo, 2), bank_loan: pick(yesNo, 5), npwp: pick(yesNo, 11), letter: pick(yesNo, 13) },
    ...{ trained: pick(yesNo, 17), group: pick(yesNo, 19) },
  };
}

/** The smallest number of changes, by trying every set of them. */
function tryAll(held: Held, known: Facts): number | undefined {
  const offers = new Map<string, Set<Scalar>>();
  for (const { fact, become, is } of leavesOf(held.version.requires)) {
    const to =
      become && (is === undefined && typeof become.to === 'string' ? held.values[become.to]?.value : become.to);
    if (to !== undefined && to !== null) offers.set(fact, (offers.get(fact) ?? new Set<Scalar>()).add(to));
  }
  let sets: { facts: Facts; count: number }[] = [{ facts: known, count: 0 }];
  for (const [fact, values] of offers)
    sets = sets.flatMap((one) => [
      one,
      ...[...values].map((to) => ({ facts: { ...one.facts, [fact]: to }, count: one.count + 1 })),
    ]);
  const counts = sets.filter(({ facts }) => judge(held, facts).verdict === 'yes').map(({ count }) => count);
  return counts.length === 0 ? undefined : Math.min(...counts);
}

/** Queries that one *status* makes: reads of the turn, without what wakes by the clock. */
export async function benchStatus(
  channel: BenchChannel,
  { connection }: Database,
): Promise<{ status_queries: number }> {
  const turns = new OurTurns(channel, 1, 9_000_000);
  await turns.open();
  await turns.turn('bench:9000000', 'iya');
  const conversation = await connection.collection('conversations').findOne({ aliases: 'bench:9000000' });
  const person = String((conversation?.['persons'] as string[] | undefined)?.[0]);
  const at = new Date();
  await connection.collection('applications').insertOne({
    ...{ _id: 'a-bench' as never, number: '123456', programme: 'kur', person, name: 'Orang Contoh', contact: 'x' },
    ...{ channel: 'bench', state: 'submitted', open: true, since: at, history: [], answers: {}, facts: {}, judged: [] },
    ...{ papers: [], filled: {}, dueAt: at, priority: 0, revision: 1, notice: null },
  });
  let queries = 0;
  const count = ({ commandName, command }: { commandName: string; command: Record<string, unknown> }) => {
    const about = String(command[commandName]);
    // The board's planner looks for notices by the clock; a status asks by person.
    const planned = JSON.stringify(command['filter'] ?? {}).includes('planned');
    if (
      ['find', 'aggregate'].includes(commandName) &&
      ['conversations', 'applications', 'persons', 'person_facts'].includes(about) &&
      !planned
    )
      queries++;
  };
  connection.getClient().on('commandStarted', count);
  await turns.turn('bench:9000000', 'status');
  connection.getClient().off('commandStarted', count);
  return { status_queries: queries };
}
