/** What is no plain answer: something that is not words, and what was hidden before anything read it. */
import type { MediaKind } from '../input.ts';
import { sharedText, type Walk } from '../frames.ts';

/** Kinds of media that can be the photo of a paper. */
export const pictures: readonly MediaKind[] = ['photo', 'document'];

/** Kinds of media that staff should look at; a sticker is only thanked. */
const forStaff: readonly MediaKind[] = ['voice', 'photo', 'video', 'document', 'location', 'contact', 'call'];

/** Thanks for something that is not words, and a case where staff should look at it. */
export function thank(walk: Walk, kind: MediaKind): void {
  const frame = walk.frames.at(-1);
  if (forStaff.includes(kind))
    walk.effects.push({ type: 'case', kind, flow: frame?.flow ?? '', node: frame?.node ?? '' });
  walk.before.push(sharedText(`thanks.${kind}`));
}

/** What was hidden is warned of: a code belongs to nobody else, a number only where it is asked for. False: nothing was. */
export function warnOfHidden({ hidden, before }: Walk): boolean {
  if (!hidden) return false;
  before.push(sharedText(hidden.code ? 'engine.code' : 'engine.number'));
  return true;
}

/** A code as it comes alone: four to eight digits. */
export const isBareCode = (text: string): boolean => /^\D{0,3}\d(?:[\s-]?\d){3,7}\D{0,3}$/u.test(text);
