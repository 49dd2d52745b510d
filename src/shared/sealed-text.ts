/**
 * A number in a text of ours that only its owner may read: stored behind a mark that holds it sealed, opened on its way to
 * the phone, and shown to everybody else as its last four digits.
 */
const mark = /⟦(.{4}):([\w.-]+)⟧/gu;

export const sealedMark = (last4: string, sealed: string): string => `⟦${last4}:${sealed}⟧`;

/** As its owner reads it, in groups of four. `open` may not know it any more. */
export const revealed = (text: string, open: (sealed: string) => string | undefined): string =>
  text.replace(mark, (_, last4: string, sealed: string) => grouped(open(sealed)) ?? masked(last4));

/** Letters that stand for digits are read as such; the owner says whether that is right. */
const grouped = (number: string | undefined): string | undefined =>
  number
    ?.replace(/[oO]/gu, '0')
    .replace(/[lI]/gu, '1')
    .replace(/(.{4})(?=.)/gu, '$1 ');

/** As staff read it, and whatever else looks into the talk. */
export const maskedText = (text: string): string => text.replace(mark, (_, last4: string) => masked(last4));

/** "•••• 0001". */
export const masked = (last4: string): string => `•••• ${last4}`;
