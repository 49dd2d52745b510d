/** What a wish for no more messages looks like inside a longer sentence: words of these classes one after the other. */
import type { Class } from './stopping-words.ts';

/** `stop`: no more messages. `leave`: that, or all deleted. `enough`: perhaps no more messages. The last two are asked. */
export type Wish = 'stop' | 'leave' | 'enough';

/** Each place is taken by a word of one of its classes. */
export interface Frame {
  wish: Wish;
  places: readonly (readonly Class[])[];
  /** Told of what is over, or asked about, it is no wish: "sudah saya hapus". A "do not" is never told of the past. */
  timed?: true;
}

const frame = (wish: Wish, places: string, timed?: true): Frame => ({
  wish,
  places: places.split(' ').map((place) => place.split('|') as Class[]),
  ...(timed && { timed }),
});

/** The clearest first. */
export const frames: readonly Frame[] = [
  frame('stop', 'forbid reached'),
  frame('stop', 'forbid reach again'),
  frame('stop', 'forbid reach me'),
  frame('stop', 'forbid send message'),
  frame('stop', 'forbid sent|comes message'),
  frame('stop', 'forbid message again'),
  frame('stop', 'no wanting reached'),
  frame('stop', 'no wanting receive|sent message'),
  frame('stop', 'no wanting message again'),
  frame('stop', 'unwilling reached'),
  frame('stop', 'unwilling receive message'),
  frame('stop', 'halt feed', true),
  frame('stop', 'halt reach|reached', true),
  frame('stop', 'halt send message', true),
  frame('stop', 'off feed', true),
  frame('stop', 'feed off', true),
  frame('stop', 'wanting out circle', true),
  frame('stop', 'remove number|me circle', true),
  frame('stop', 'number|me remove circle', true),
  frame('leave', 'remove number', true),
  frame('leave', 'number remove', true),
  frame('enough', 'forbid send|sent again'),
  frame('enough', 'forbid reach'),
  frame('enough', 'out circle', true),
  frame('enough', 'remove me', true),
  frame('enough', 'enough message'),
  frame('enough', 'how no reached|sent'),
  frame('enough', 'spam again'),
  frame('enough', 'annoyed message|reached|reach'),
  frame('enough', 'message|reached annoyed'),
];

/** Where a frame stands in a row of words, if it does. */
export interface Found {
  frame: Frame;
  from: number;
  to: number;
}

/** Words that may stand between two places of a frame. */
const BETWEEN = 3;

/**
 * The first of the frames that stands in the words.
 * @param isOf whether a word belongs to a class
 * @param isLoose whether a word may stand inside a frame without belonging to it
 */
export function firstFrame(
  words: readonly string[],
  isOf: (word: string, name: Class) => boolean,
  isLoose: (word: string) => boolean,
  holds: (found: Found) => boolean,
): Found | undefined {
  const reach = (places: Frame['places'], from: number): number | undefined => {
    const [place, ...further] = places;
    if (!place) return from;
    for (let at = from; at < words.length && at <= from + BETWEEN; at++) {
      const word = words[at] ?? '';
      if (place.some((name) => isOf(word, name))) {
        const end = reach(further, at + 1);
        if (end !== undefined) return end;
      }
      if (!isLoose(word)) return undefined;
    }
    return undefined;
  };
  for (const frame of frames) {
    for (let from = 0; from < words.length; from++) {
      const [place = []] = frame.places;
      if (!place.some((name) => isOf(words[from] ?? '', name))) continue;
      const to = reach(frame.places.slice(1), from + 1);
      if (to !== undefined && holds({ frame, from, to })) return { frame, from, to };
    }
  }
  return undefined;
}
