/**
 * Every number that a text names by itself stands in `flows/shared/figures.yaml` with its value, its source and how certain
 * it is; what comes from a rule or from the office is a placeholder in the text. A number that is not listed is a finding.
 */
import type { Content } from '../content/library.ts';
import type { Figure } from '../content/figures.ts';

/** A number as it stands in a text: "10 juta", "enam bulan", "13 angka". */
export interface Named {
  language: string;
  /** "faq.kur_max", "nib.nib_number.nik.ask". */
  at: string;
  says: string;
}

const small = 'satu|dua|tiga|talu|empat|ampat|lima|enam|anam|tujuh|pitu|delapan|walu|sembilan|sambilan';
const word = `(?:${small}|sepuluh|sapuluh|sebelas|seratus|seribu|sejuta)(?: (?:belas|puluh|ratus)(?: (?:${small}))?)?`;
const scale = 'ribu|juta|milyar|miliar';
const unit = 'rupiah|persen|kali|menit|jam|hari|minggu|bulan|tahun|angka|huruf|hal|pertanyaan|takunan';
const number = new RegExp(
  `(?:Rp ?)?\\d[\\d.,]*\\d|\\d(?: ?%)?|\\b${word}\\b(?= (?:${scale}|${unit})\\b)`.replace(
    /^(.*)$/,
    `(?:$1)(?: (?:${scale}))?(?: (?:${unit}))?\\b`,
  ),
  'giu',
);

/** What is pressed or counted and tells nothing of the world: "*1*", "*1 dan 2*", "(1 dari 3)", "Langkah 4". */
const positions = /\*\d(?: (?:dan|wan) \d)?\*|\(\d dari \d\)|\blangkah \d\b/giu;
const placeholders = /\{\{\w+\}\}/gu;

export const numbersIn = (text: string): string[] =>
  [...text.replace(positions, ' ').replace(placeholders, ' ').matchAll(number)].map(([found]) =>
    found.toLowerCase().trim(),
  );

/** All numbers of all texts. */
export const namedIn = ({ locales }: Content): Named[] =>
  locales.languages.flatMap((language) =>
    locales.programmes(language).flatMap((programme) =>
      locales
        .keys(language, programme)
        .filter((key) => !key.endsWith('.words') && locales.has(language, programme, key))
        .flatMap((key) =>
          numbersIn(locales.text(language, programme, key, {})).map((says) => ({
            ...{ language, says, at: `${programme}.${key}` },
          })),
        ),
    ),
  );

/** Whether a listed number is meant at a place: the very key, or one beneath it. */
export const standsAt = ({ says, at }: Figure, named: Named): boolean =>
  says.includes(named.says) && at.some((place) => named.at === place || named.at.startsWith(`${place}.`));

export const unlisted = (content: Content): Named[] =>
  namedIn(content).filter((named) => !content.figures.some((figure) => standsAt(figure, named)));
