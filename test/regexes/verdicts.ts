/**
 * Whether regular expressions are linear, told by recheck. What it found linear is kept by its very words in `linear.json`,
 * since it thinks for minutes about some; a new one is looked at where it is met.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { checkSync } from 'recheck';
import { regexesIn, type Written } from './source.ts';

const KEPT = 'test/regexes/linear.json';

/**
 * What is given at most so many letters may take its time: there is no long text to be slow on. `regexes.test.ts` sees to
 * it that these readers turn longer ones away.
 */
export const bounded: Readonly<Record<string, number>> = {
  'src/understanding/intent.ts': 400,
  'src/understanding/greeting.ts, put together': 120,
  'src/understanding/name-words.ts, put together': 400,
};

/** For one that is not linear, or of which it cannot be said: where it stands, what was found, and a text that shows it. */
export interface Fault {
  place: string;
  key: string;
  why: string;
}

export const knownLinear = (): ReadonlySet<string> =>
  new Set<string>(JSON.parse(readFileSync(KEPT, 'utf8')) as string[]);

export const keep = (keys: Iterable<string>): void =>
  writeFileSync(KEPT, `${JSON.stringify([...keys].sort(), null, 2)}\n`);

/** All that must be linear: what is written, and what is put together when the readers are loaded. */
export async function wanted(): Promise<Written[]> {
  const { literals } = regexesIn('src');
  const written = new Set(literals.map(({ key }) => key));
  const made = (await madeWhileLoading()).filter(({ key }) => !written.has(key));
  return [...literals, ...made].filter(({ place }) => bounded[place.replace(/:\d+$/, '')] === undefined);
}

/** Undefined where it is linear. @param patience milliseconds */
export function faultOf({ source, flags, key, place }: Written, patience: number): Fault | undefined {
  process.env['RECHECK_SYNC_BACKEND'] = 'pure';
  const found = checkSync(source, flags, { timeout: patience });
  if (found.status === 'safe') return undefined;
  const why =
    found.status === 'vulnerable'
      ? `${found.complexity.summary}, on ${found.attack.pattern}`
      : `not known (${found.error.kind})`;
  return { place, key, why };
}

/** The file of the source that a call comes from. */
const placeOf = ({ stack = '' }: Error): string => /src\/[\w/-]+\.ts/.exec(stack)?.[0] ?? '';

/** Readers put some expressions together from lists of words; they are caught while their modules are loaded. */
async function madeWhileLoading(): Promise<Written[]> {
  const made = new Map<string, Written>();
  const original = globalThis.RegExp;
  globalThis.RegExp = new Proxy(original, {
    construct(target, parts: [string | RegExp, string?]) {
      const one = new target(...parts);
      made.set(String(one), {
        key: String(one),
        source: one.source,
        flags: one.flags,
        place: `${placeOf(new Error())}, put together`,
      });
      return one;
    },
  });
  try {
    await import('../../src/understanding/index.ts');
    await import('../../src/programmes/nib/kbli.ts');
  } finally {
    globalThis.RegExp = original;
  }
  return [...made.values()];
}
