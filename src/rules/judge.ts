/**
 * Does a rule hold for a person, and if not, what is the least that would have to change? Three answers: yes, no, unknown;
 * nothing unknown ever counts as yes, and a rule whose source is of low certainty never says no. Pure, and made for many
 * thousand persons a second.
 */
import type { Held } from './holding.ts';
import { leavesOf, type Leaf, type Requirement, type Scalar, type Version } from './schema.ts';

export type Verdict = 'yes' | 'no' | 'unknown';

/** What is known of a person; what is missing is unknown. */
export type Facts = Readonly<Record<string, Scalar | undefined>>;

/** One thing that would have to change, and the step by which the person can change it. */
export interface Change {
  fact: string;
  to: Scalar;
  step: string;
}

export interface Judgement {
  verdict: Verdict;
  /** The conditions that stand in the way: those that do not hold, or, where none fails, those that nobody knows. */
  because: readonly string[];
  /** The version that was used. */
  version: string;
}

export interface Missing {
  changes: readonly Change[];
  /** Another set as small that changes other facts: a second way out. Null where there is none. */
  instead: readonly Change[] | null;
  /** The conditions that these changes make hold. */
  because: readonly string[];
  /** False: after the changes nothing speaks against it, but somebody has to confirm what is unknown. */
  certain: boolean;
}

export function judge(held: Held, facts: Facts): Judgement {
  const { requires } = held.version;
  const verdict = requires ? weigh(requires, held, facts) : 'unknown';
  const because = requires && verdict !== 'yes' ? blame(requires, held, facts, verdict) : [];
  return { verdict, because, version: held.id };
}

function weigh(requirement: Requirement, held: Held, facts: Facts): Verdict {
  if ('all' in requirement) return together(requirement.all, 'no', 'yes', held, facts);
  if ('any' in requirement) return together(requirement.any, 'yes', 'no', held, facts);
  return weighLeaf(requirement, held, facts[requirement.fact]);
}

/** `all` ends with the first no, `any` with the first yes; anything unknown on the way leaves it unknown. */
function together(parts: readonly Requirement[], ends: Verdict, else_: Verdict, held: Held, facts: Facts): Verdict {
  let verdict = else_;
  for (const part of parts) {
    const one = weigh(part, held, facts);
    if (one === ends) return ends;
    if (one === 'unknown') verdict = 'unknown';
  }
  return verdict;
}

function weighLeaf(leaf: Leaf, held: Held, value: Scalar | undefined): Verdict {
  if (value === undefined) return 'unknown';
  const holds = leaf.is === undefined ? compares(leaf, held, value) : [leaf.is].flat().includes(value);
  if (holds === undefined) return 'unknown';
  const verdict = holds ? 'yes' : 'no';
  return leaf.unsure === verdict || (verdict === 'no' && isDoubtful(held)) ? 'unknown' : verdict;
}

/** Its source does not settle anything: nobody may be refused for it, or sent on an errand. */
const isDoubtful = ({ version }: Held): boolean => version.source.certainty === 'low';

function compares({ atLeast, atMost, above }: Leaf, held: Held, value: Scalar): boolean | undefined {
  const limit = numberOf(atLeast ?? atMost ?? above, held);
  if (limit === undefined || typeof value !== 'number') return undefined;
  if (atLeast !== undefined) return value >= limit;
  return atMost === undefined ? value > limit : value <= limit;
}

/** A number as it stands, or the value of that name; undefined while nobody knows it. */
function numberOf(given: Scalar | undefined, { values }: Held): number | undefined {
  const value = typeof given === 'string' ? values[given]?.value : given;
  return typeof value === 'number' ? value : undefined;
}

/** Under `any` all alternatives stand in the way, so the nearest one is named: the one with the fewest of them. */
function blame(requirement: Requirement, held: Held, facts: Facts, what: Verdict): string[] {
  if ('all' in requirement)
    return requirement.all.flatMap((part) => (weigh(part, held, facts) === what ? blame(part, held, facts, what) : []));
  if ('any' in requirement) {
    const nearest = requirement.any
      .filter((part) => weigh(part, held, facts) === what)
      .map((part) => blame(part, held, facts, what))
      .sort((a, b) => a.length - b.length);
    return nearest[0] ?? [];
  }
  return weighLeaf(requirement, held, facts[requirement.fact]) === what ? [requirement.id] : [];
}

/** Facts that are not known and that still decide: nothing else settles the answer already. */
export function undecided(held: Held, facts: Facts): readonly string[] {
  const open = (requirement: Requirement): string[] => {
    if (weigh(requirement, held, facts) !== 'unknown') return [];
    if ('all' in requirement) return requirement.all.flatMap(open);
    if ('any' in requirement) return requirement.any.flatMap(open);
    return facts[requirement.fact] === undefined ? [requirement.fact] : [];
  };
  return held.version.requires ? [...new Set(open(held.version.requires))] : [];
}

/** Whether a requirement that compares with no values of a rule is met. */
export const meets = (requirement: Requirement, facts: Facts): boolean =>
  weigh(requirement, { rule: '', id: '', version: OF_OUR_OWN, values: {}, stale: false }, facts) === 'yes';

/** A requirement of the office's own settings: it compares with no values, and nobody doubts it. */
const OF_OUR_OWN: Version = {
  ...{ from: null, to: null, values: {}, asks: {} },
  source: { title: 'programme.yaml', checked: '', certainty: 'high', staleAfterDays: 1 },
};

/** Ways to meet a requirement, each a list of conditions that must all hold. Written out once a version. */
const written = new WeakMap<Requirement, readonly (readonly Leaf[])[]>();

function waysOf(requirement: Requirement): readonly (readonly Leaf[])[] {
  let ways = written.get(requirement);
  if (!ways) written.set(requirement, (ways = writeOut(requirement)));
  return ways;
}

function writeOut(requirement: Requirement): Leaf[][] {
  if ('any' in requirement) return requirement.any.flatMap(writeOut);
  if (!('all' in requirement)) return [[requirement]];
  return requirement.all.reduce<Leaf[][]>(
    (ways, part) => ways.flatMap((way) => writeOut(part).map((more) => [...way, ...more])),
    [[]],
  );
}

/**
 * The smallest set of changes after which the rule says yes; where no set does, the smallest after which nothing speaks
 * against it. Null where there is none. Of several equally small sets the one that the file names first; the next that
 * changes other facts stands beside it.
 */
export function missing(held: Held, facts: Facts): Missing | null {
  const { requires } = held.version;
  if (!requires || isDoubtful(held)) return null;
  const offers = offersOf(requires, held);
  for (const accepted of [['yes'], ['yes', 'unknown']] as const) {
    const sets = waysOf(requires).flatMap((way) => {
      const changes = changesFor(way, held, facts, offers, accepted);
      return changes ? [{ way, changes }] : [];
    });
    const best = sets.reduce<(typeof sets)[number] | undefined>(
      (a, b) => (a && a.changes.length <= b.changes.length ? a : b),
      undefined,
    );
    if (!best) continue;
    const { way, changes } = best;
    const failing = way.filter(
      (leaf) => changes.some(({ fact }) => fact === leaf.fact) && weighLeaf(leaf, held, facts[leaf.fact]) !== 'yes',
    );
    const ours = factsOf(changes);
    const second = sets.find((one) => one.changes.length === changes.length && factsOf(one.changes) !== ours);
    const instead = second?.changes ?? null;
    return { changes, instead, because: failing.map(({ id }) => id), certain: accepted.length === 1 };
  }
  return null;
}

const factsOf = (changes: readonly Change[]): string =>
  changes
    .map(({ fact }) => fact)
    .sort()
    .join();

/** What a condition compares with, for words about it; undefined where it compares with no number, or none is known. */
export function limitOf(held: Held, id: string): number | undefined {
  const leaf = leavesOf(held.version.requires).find((one) => one.id === id);
  return leaf && numberOf(leaf.atLeast ?? leaf.atMost ?? leaf.above, held);
}

/** Every change that some condition of the rule offers, by fact. */
function offersOf(requires: Requirement, held: Held): ReadonlyMap<string, readonly Change[]> {
  const offers = new Map<string, Change[]>();
  for (const { fact, become, is } of leavesOf(requires)) {
    if (!become) continue;
    const to = is === undefined ? numberOf(become.to, held) : become.to;
    if (to !== undefined) offers.set(fact, [...(offers.get(fact) ?? []), { fact, to, step: become.step }]);
  }
  return offers;
}

/** What has to change so that all conditions of one way hold; undefined where that cannot be. */
function changesFor(
  way: readonly Leaf[],
  held: Held,
  facts: Facts,
  offers: ReadonlyMap<string, readonly Change[]>,
  accepted: readonly Verdict[],
): Change[] | undefined {
  const changes: Change[] = [];
  const seen = new Set<string>();
  for (const { fact } of way) {
    if (seen.has(fact)) continue;
    seen.add(fact);
    const holds = (value: Scalar | undefined) =>
      way.every((leaf) => leaf.fact !== fact || accepted.includes(weighLeaf(leaf, held, value)));
    if (holds(facts[fact])) continue;
    const change = offers.get(fact)?.find(({ to }) => holds(to));
    if (!change) return undefined;
    changes.push(change);
  }
  return changes;
}

/** The facts as they would be after some changes. */
export const after = (facts: Facts, changes: readonly Change[]): Facts => ({
  ...facts,
  ...Object.fromEntries(changes.map(({ fact, to }) => [fact, to])),
});
