/** What holds on a day: the file's version of that day and, over it, what the office has published. Pure. */
import type { Rule, Scalar, Version } from './schema.ts';

/** A value that the office has published, or a range while it is not settled. Dates are the office's own days. */
export interface Published {
  id: string;
  rule: string;
  name: string;
  from: string;
  value: Scalar | null;
  /** Told instead of a number: the lowest and the highest that it may be. */
  range: { low: Scalar; high: Scalar } | null;
  source: string;
  checked: string;
}

/** Why nothing may be told of a value. */
export type Unknown = 'not known' | 'low certainty' | 'sample';

export interface HeldValue {
  /** Null where it must not be told. */
  value: Scalar | null;
  range: Published['range'];
  source: string;
  checked: string;
  unknown: Unknown | null;
  /** An example that stands in for a value that nobody has confirmed. */
  sample: boolean;
}

/** One rule as it holds on a day. `id` names file version and published values: what a decision stores. */
export interface Held {
  rule: string;
  id: string;
  version: Version;
  values: Readonly<Record<string, HeldValue>>;
  /** Whoever wrote it down should look at its source again. */
  stale: boolean;
}

export interface Day {
  /** "2026-11-25", the office's own day. */
  date: string;
  /** People are served: examples do not count. */
  production: boolean;
}

/** Stands in the name of a version that began on a day which nobody has given. */
const UNKNOWN_DAY = '?';

/** @returns undefined where no version holds on that day. */
export function holding(rule: Rule, { date, production }: Day, published: readonly Published[]): Held | undefined {
  const version = rule.versions.find(({ from, to }) => (from ?? date) <= date && (to === null || date <= to));
  if (!version) return undefined;
  const first = version.from ?? '';
  const ours = published.filter((one) => one.rule === rule.rule && one.from <= date && one.from >= first);
  const newest = new Map(ours.sort((a, b) => (a.from < b.from ? -1 : 1)).map((one) => [one.name, one]));
  const values = Object.fromEntries(
    Object.entries(version.values).map(([name, value]) => [
      name,
      fromOffice(newest.get(name)) ?? fromFile(version, name, value, production),
    ]),
  );
  const ids = [...newest.values()].map(({ id }) => id).sort();
  return {
    rule: rule.rule,
    id: [`${rule.rule}@${version.from ?? UNKNOWN_DAY}`, ...ids].join('+'),
    version,
    values,
    stale: daysBetween(version.source.checked, date) > version.source.staleAfterDays,
  };
}

const fromOffice = (one: Published | undefined): HeldValue | undefined =>
  one && {
    ...{ value: one.value, range: one.range, source: one.source, checked: one.checked, sample: false },
    unknown: one.value === null ? 'not known' : null,
  };

function fromFile({ source, asks }: Version, name: string, value: Scalar | null, production: boolean): HeldValue {
  const sample = asks[name]?.sample === true;
  const unknown: Unknown | null =
    value === null
      ? 'not known'
      : sample && production
        ? 'sample'
        : source.certainty === 'low' && !sample
          ? 'low certainty'
          : null;
  const held = unknown === null ? value : null;
  return { value: held, range: null, source: source.title, checked: source.checked, unknown, sample };
}

const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;
