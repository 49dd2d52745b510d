/**
 * Numbers that stand in a text behind a mask. The text itself is what anybody may read; where a number is hidden, and what
 * it is sealed as, stands beside it. Nothing that is written in a text can name a sealed value.
 */

/** Where a mask stands in a text, and what it hides, sealed; a code is not kept at all. */
export interface Mask {
  from: number;
  to: number;
  sealed?: string;
}

/** A text of ours as anybody may read it, and the masks in it that its owner reads whole. */
export interface Wording {
  text: string;
  masks?: readonly Mask[];
}

/** Texts one behind the other; each mask keeps its place. */
export function put(...pieces: readonly (string | Wording)[]): Wording {
  let text = '';
  const masks: Mask[] = [];
  for (const piece of pieces) {
    const wording = typeof piece === 'string' ? { text: piece } : piece;
    for (const mask of wording.masks ?? [])
      masks.push({ ...mask, from: mask.from + text.length, to: mask.to + text.length });
    text += wording.text;
  }
  return { text, ...(masks.length > 0 && { masks }) };
}

/** The lines of a text, each with its masks; a mask has no line break. */
export function linesOf({ text, masks = [] }: Wording): Wording[] {
  let start = 0;
  return text.split('\n').map((line) => {
    const [from, to] = [start, start + line.length];
    start = to + 1;
    const within = masks.filter((mask) => mask.from >= from && mask.to <= to);
    const moved = within.map((mask) => ({ ...mask, from: mask.from - from, to: mask.to - from }));
    return { text: line, ...(moved.length > 0 && { masks: moved }) };
  });
}

/** Something else in place of each mask: the text with `instead` of it. Undefined leaves the mask. */
export function unmasked({ text, masks = [] }: Wording, instead: (mask: Mask) => string | undefined): string {
  let at = 0;
  let written = '';
  for (const mask of masks) {
    written += text.slice(at, mask.from) + (instead(mask) ?? text.slice(mask.from, mask.to));
    at = mask.to;
  }
  return written + text.slice(at);
}

/** As its owner reads it, in groups of four. `open` may not know it any more; then the mask stays. */
export const revealed = (wording: Wording, open: (sealed: string) => string | undefined): string =>
  unmasked(wording, ({ sealed }) => (sealed === undefined ? undefined : grouped(open(sealed))));

/** Letters that stand for digits are read as such; the owner says whether that is right. */
const grouped = (number: string | undefined): string | undefined =>
  number
    ?.replace(/[oO]/gu, '0')
    .replace(/[lI]/gu, '1')
    .replace(/(.{4})(?=.)/gu, '$1 ');

/** "•••• 0001": a number of a card as others may read it. */
export const masked = (last4: string): string => `•••• ${last4}`;

/** "•••• •••• •••• 0001": in the place where its owner reads all sixteen digits. */
export const maskedWhole = (last4: string): string => `•••• •••• ${masked(last4)}`;
