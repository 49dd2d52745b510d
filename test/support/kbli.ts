/** How well business codes are found on the descriptions that were written before the finder. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { createKbliFinder, kbliFileSchema } from '../../src/programmes/nib/kbli.ts';

export interface Miss {
  text: string;
  wanted: string | null;
  found: readonly string[];
  sure: boolean;
}

/** `first` and `three`: the right code is the first found, among the first three. `wrong`: said to be sure, and was not. */
export function scoreKbli(): { cases: number; first: number; three: number; wrong: number; misses: Miss[] } {
  const find = createKbliFinder(kbliFileSchema.parse(parse(readFileSync('flows/nib/kbli.yaml', 'utf8'))));
  const lines = readFileSync('test/fixtures/kbli.jsonl', 'utf8').trim().split('\n');
  const score = { cases: lines.length, first: 0, three: 0, wrong: 0, misses: [] as Miss[] };
  for (const line of lines) {
    const { text, kbli } = JSON.parse(line) as { text: string; kbli: string | null };
    const { codes, sure } = find(text);
    const found = codes.map(({ id }) => id);
    const right = kbli === null ? found.length === 0 : found[0] === kbli;
    if (right) score.first++;
    if (right || (kbli !== null && found.includes(kbli))) score.three++;
    if (!right) score.misses.push({ text, wanted: kbli, found, sure });
    if (!right && sure) score.wrong++;
  }
  return score;
}
