/**
 * No expression of the source takes more than its share of time on any text: each is linear, as recheck tells. What it has
 * found linear is kept in `regexes/linear.json`; a new one is looked at here, and `npm run regexes` gives it more time.
 */
import { expect, it } from 'vitest';
import { readGreeting, readIntent, readName } from '../src/understanding/index.ts';
import { regexesIn } from './regexes/source.ts';
import { bounded, faultOf, knownLinear, wanted } from './regexes/verdicts.ts';

/** For one that is new, in milliseconds. */
const PATIENCE = 5_000;

/** Where one is put together while the program runs: of fixed words, of letters and digits behind "^", or for texts of ours. */
const madeOf = [
  'src/channels/whatsapp-web/chromium.ts',
  'src/console/people/store.ts',
  'src/content/texts.ts',
  'src/lint/figures.ts',
  'src/lint/text-rules.ts',
  'src/programmes/nib/kbli.ts',
];

it('every expression is linear', async () => {
  const known = knownLinear();
  const faults = (await wanted()).flatMap((one) => (known.has(one.key) ? [] : (faultOf(one, PATIENCE) ?? [])));
  expect(faults).toEqual([]);
});

it('those that are put together are looked at while they are, or hold nothing that could be slow', () => {
  const { made } = regexesIn('src');
  const files = [...new Set(made.map((place) => place.replace(/:\d+$/, '')))];
  expect(files.filter((file) => !file.startsWith('src/understanding/'))).toEqual(madeOf);
});

it('what is left out never sees a long text', () => {
  const [intent = 0, greeting = 0, name = 0] = Object.values(bounded);
  expect(readIntent(`mau daftar nib ${' '.repeat(intent)}`)).toBeNull();
  expect(readGreeting(`halo ${' '.repeat(greeting)}`)).toBeNull();
  expect(readName(`nama saya Siti ${' '.repeat(name)}`)).toMatchObject({ understood: false });
});
