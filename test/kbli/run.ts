/**
 * `npm run kbli`: how well the business code is found on 120 descriptions of crafts that were written before the finder, in
 * Indonesian and Banjarese. Last line: {"cases", "first", "three", "wrong"} as shares; exits 1 when more than one in fifty is
 * said to be sure and is not.
 */
import { scoreKbli } from '../support/kbli.ts';

/** Said to be sure and wrong: the person would enter it without an officer. */
const MOST_WRONG = 0.02;

const { cases, first, three, wrong, misses } = scoreKbli();
for (const { text, wanted, found, sure } of misses)
  console.log(
    `${text}\n    wanted ${wanted ?? 'none'}, found ${found.join(', ') || 'none'}${sure ? ', and sure of it' : ''}`,
  );
const share = (count: number): number => Math.round((count / cases) * 1_000) / 1_000;
console.log(JSON.stringify({ cases, first: share(first), three: share(three), wrong: share(wrong) }));
process.exitCode = wrong / cases > MOST_WRONG ? 1 : 0;
