/**
 * `npm run regexes`: whether every regular expression of the source is linear, with time to think; what is, is kept. Then how
 * the time of the readers and of a turn grows with the length of a text.
 */
import { growths } from './growth.ts';
import { faultOf, keep, knownLinear, wanted, type Fault } from './verdicts.ts';

/** For one expression, in milliseconds. */
const PATIENCE = 40_000;

const known = process.argv.includes('--all') ? new Set<string>() : knownLinear();
const all = await wanted();
const faults: Fault[] = [];
const linear = new Set<string>();
for (const written of all) {
  const fault = known.has(written.key) ? undefined : faultOf(written, PATIENCE);
  if (fault) {
    faults.push(fault);
    console.error(`${fault.place}: ${fault.why}\n  ${fault.key}`);
  } else linear.add(written.key);
}
keep(linear);
const { slowest, slow } = growths();
for (const { what, said, times, ratio } of slowest)
  console.log(
    `${what.padEnd(22)} ${times.map((time) => time.toFixed(1).padStart(7)).join('')}  x${ratio.toFixed(1)}  ${JSON.stringify(said)}`,
  );
for (const { what, said, ratio } of slow)
  console.error(`${what}: x${ratio.toFixed(1)} at twice the length of ${JSON.stringify(said)}`);
console.log(JSON.stringify({ regexes: all.length, linear: linear.size, faults: faults.length, slow: slow.length }));
process.exitCode = faults.length + slow.length > 0 ? 1 : 0;
