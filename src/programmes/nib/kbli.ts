/**
 * Which business code a craft has, from the maker's own words. A list of decisions that is data: the first entry whose
 * materials, products and doings are all named. What is doubtful is said to be so, never guessed. Pure.
 */
import { z } from 'zod';
import { fold, splitWords } from '../../understanding/index.ts';

const word = z.string().regex(/^[a-z][a-z0-9_]*$/, 'a name is lower-case letters, digits and _');
const code = z.string().regex(/^\d{5}$/, 'a code has five digits, and is written as text');

export const kbliFileSchema = z
  .strictObject({
    source: z.string().min(1),
    checked: z.iso.date(),
    words: z.record(word, z.array(z.string().min(2)).min(1)),
    codes: z
      .array(
        z.strictObject({
          id: word,
          name: z.string().min(1).max(20, 'a button holds twenty letters'),
          needs: z.array(word).min(1),
          without: z.array(word).default([]),
          kbli2020: code,
          kbli2025: code,
          sure: z.boolean(),
        }),
      )
      .min(1),
  })
  .superRefine(({ words, codes }, context) => {
    codes.forEach(({ id, needs, without, sure, kbli2020, kbli2025 }, index) => {
      if (sure && kbli2020 !== kbli2025)
        context.addIssue({
          code: 'custom',
          path: ['codes', index],
          message: `"${id}" has another number in each edition, and no table of BPS pairs them: an officer confirms (sure: false)`,
        });
      for (const name of [...needs, ...without])
        if (!words[name])
          context.addIssue({
            code: 'custom',
            path: ['codes', index],
            message: `names the words "${name}", which do not stand above`,
          });
    });
  });
export type KbliFile = z.infer<typeof kbliFileSchema>;
export type KbliCode = KbliFile['codes'][number];

export interface Found {
  /** The best first, at most three. */
  codes: readonly KbliCode[];
  /** The description names it; else an officer confirms. */
  sure: boolean;
}

/** As many as are shown to choose from. */
const SHOWN = 3;

/** What may stand before and behind a word: "dianyam" and "rajutannya" name it, "tempurung" does not name "purun". */
const before = '(?:me|mem|men|meng|ma|mam|man|mang|di|ber|ba|pe|pem|pen|pa|pam|ter|ta)?';
const behind = '(?:an|kan|akan|i|in|nya|annya|ku|mu)?';
const pattern = (stem: string): RegExp => new RegExp(`^${before}${stem}${behind}$`, 'u');

/** Made to be sold is making, not selling. */
const forSale = /\b(?:untuk|gasan|buat|akan|wan|dan)? ?(?:di ?jual|dijuali)\b/gu;

export function createKbliFinder({ words, codes }: KbliFile): (description: string) => Found {
  const named = Object.entries(words).map(
    ([name, stems]) => [name, stems.map((stem) => ({ stem, is: pattern(stem) }))] as const,
  );
  return (description) => {
    const folded = fold(description).replace(forSale, ' ');
    const said = splitWords(folded);
    const holds = ({ stem, is }: { stem: string; is: RegExp }) =>
      stem.includes(' ') ? ` ${said.join(' ')} `.includes(` ${stem} `) : said.some((one) => is.test(one));
    const there = new Set(named.flatMap(([name, stems]) => (stems.some(holds) ? [name] : [])));
    const fitting = codes.filter(
      ({ needs, without }) => needs.every((name) => there.has(name)) && !without.some((name) => there.has(name)),
    );
    const different = fitting.filter(({ id }, index) => fitting.findIndex((one) => one.id === id) === index);
    return { codes: different.slice(0, SHOWN), sure: fitting[0]?.sure === true };
  };
}
