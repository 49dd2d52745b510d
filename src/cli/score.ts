/** `npm run score`: how well the readers do on the shipped corpus, a kind a line with 95 % intervals; JSON last. */
import { readFileSync } from 'node:fs';
import { loadFaq } from '../content/faq.ts';
import { loadAreas, loadCities } from '../content/office.ts';
import { createFaq, expectKinds, understand, type ExpectKind } from '../understanding/index.ts';

interface Case {
  id: string;
  expect: ExpectKind;
  text: string;
  value: unknown;
  options?: { id: string; label: string }[];
  now?: string;
  past?: boolean;
}

const show = process.argv.includes('--wrong');
const places = { areas: loadAreas('flows'), cities: loadCities('flows') };
const cases = linesOf('test/fixtures/corpus/dev.jsonl') as Case[];

const all = { understood: 0, asked: 0, silent: 0, cases: 0 };
console.log('kind        cases  understood (95 %)        asked again  silently wrong (95 %)');
for (const kind of expectKinds.filter((kind) => cases.some(({ expect }) => expect === kind))) {
  const tally = { understood: 0, asked: 0, silent: 0, cases: 0 };
  for (const example of cases.filter(({ expect }) => expect === kind)) {
    const { value, reason } = understand(example, places);
    const result = value === example.value ? 'understood' : value === null ? 'asked' : 'silent';
    tally[result]++;
    tally.cases++;
    if (show && result !== 'understood')
      console.log(
        `  ${result}: ${JSON.stringify(example.text)} -> ${String(value)} (${reason}), right is ${String(example.value)}`,
      );
  }
  for (const key of Object.keys(all) as (keyof typeof all)[]) all[key] += tally[key];
  report(kind, tally);
}
report('all', all);
reportFaq();
const share = (count: number) => Math.round((count / all.cases) * 10_000) / 10_000;
console.log(JSON.stringify({ understood: share(all.understood), silent: share(all.silent), cases: all.cases }));

function report(name: string, { understood, asked, silent, cases: count }: typeof all): void {
  console.log(
    `${name.padEnd(11)} ${String(count).padStart(5)}  ${percent(understood, count).padEnd(24)} ${String(asked).padStart(11)}  ${percent(silent, count)}`,
  );
}

/** Free questions: how many are found, and how many are answered wrongly. Not part of the figures below. */
function reportFaq(): void {
  const faq = createFaq(loadFaq('flows'));
  const questions = linesOf('test/fixtures/faq/questions.jsonl') as { text: string; answer: string | null }[];
  const answerable = questions.filter(({ answer }) => answer !== null);
  const found = answerable.filter(({ text, answer }) => faq(text) === answer).length;
  const wrong = questions.filter(({ text, answer }) => ![null, answer].includes(faq(text))).length;
  console.log(
    `questions   ${String(questions.length).padStart(5)}  found ${percent(found, answerable.length)}, answered wrongly ${percent(wrong, questions.length)}`,
  );
}

function linesOf(file: string): unknown[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as unknown);
}

/** A share with its Wilson interval at 95 %. */
function percent(hits: number, count: number): string {
  const z = 1.96;
  const p = hits / count;
  const middle = (p + (z * z) / (2 * count)) / (1 + (z * z) / count);
  const half = (z / (1 + (z * z) / count)) * Math.sqrt((p * (1 - p)) / count + (z * z) / (4 * count * count));
  const words = (value: number) => `${(value * 100).toFixed(1)}`;
  return `${words(p)} % (${words(Math.max(0, middle - half))}–${words(Math.min(1, middle + half))})`;
}
