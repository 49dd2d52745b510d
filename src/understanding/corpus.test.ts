/** The readers on the shipped corpus. What was reached is held; what is missed is seen with `npm run score -- --wrong`. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadAreas, loadCities } from '../content/office.ts';
import { expectKinds, understand, type ExpectKind } from './index.ts';

interface Case {
  expect: ExpectKind;
  text: string;
  value: unknown;
  options?: { id: string; label: string }[];
  now?: string;
  past?: boolean;
}

const places = { areas: loadAreas('flows'), cities: loadCities('flows') };
const cases = ['dev', 'own', 'parcel'].flatMap((name) =>
  readFileSync(`test/fixtures/corpus/${name}.jsonl`, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Case),
);

/** Least share understood, where it is not all: what was reached. */
const least: Partial<Record<ExpectKind, number>> = { yesno: 0.99, choice: 0.95 };

it.each(expectKinds)('%s: understood as well as before, and nothing silently wrong', (kind) => {
  const results = cases
    .filter((example) => example.expect === kind)
    .map((example) => ({ example, got: understand(example, places).value }));
  const silent = results.filter(({ example, got }) => got !== null && got !== example.value);
  expect(silent.map(({ example, got }) => `${example.text} -> ${String(got)}`)).toEqual([]);
  const understood = results.filter(({ example, got }) => got === example.value).length;
  expect(understood / results.length).toBeGreaterThanOrEqual(least[kind] ?? 1);
});
