/**
 * Two open questions: one that we put in between, and the one beneath it. A bare answer belongs to the newest question that
 * the person has seen; what fits only one of them belongs to that; when both fit and it cannot be known what was seen, it
 * is asked (DESIGN.md, the turn).
 */
import { readCommand } from '../../understanding/index.ts';
import type { Message } from '../input.ts';
import type { AskNode } from '../nodes/schema.ts';
import { placeOf, pushFlow, type Place, type Walk } from '../frames.ts';
import { run } from '../walk.ts';
import { optionsOf } from './options.ts';
import { readAnswer, readExact } from './read.ts';

/** The flow that asks which question was meant, and where it keeps the text. */
const BETWEEN_FLOW = 'which';
export const BETWEEN_TEXT = 'which.text';

/** Nobody reads a new message and answers it in less, in milliseconds: what came so soon may be meant for the one before. */
const READING_TIME = 5_000;

/** Puts the right question on top. True when it was asked which one is meant, and the walk is at its end. */
export function settleBetween(walk: Walk, place: Place, node: AskNode, input: Message): boolean {
  if (!place.frame.aside || input.type === 'media') return false;
  const below = beneath(walk);
  if (!below) return false;
  if (input.below) {
    bringUp(walk);
    return false;
  }
  if (input.type !== 'text' || readCommand(input.text) !== null) return false;
  if (!fits(walk, below.place, below.node, input.text)) return false;
  const since = (input.sent ?? walk.now) - walk.askedAt;
  if (!fits(walk, place, node, input.text) || since < 0) {
    bringUp(walk);
    return false;
  }
  if (since >= READING_TIME || !walk.library.flow(BETWEEN_FLOW)) return false;
  pushFlow(walk, BETWEEN_FLOW, { answers: { [BETWEEN_TEXT]: { kind: 'text', text: input.text } } });
  run(walk);
  return true;
}

/** The question beneath goes on top; the one that came in between is asked again when that has ended. */
export function bringUp(walk: Walk): void {
  const index = indexBeneath(walk);
  const aside = walk.frames.pop();
  if (aside && index >= 0) walk.frames.splice(index, 0, aside);
  else if (aside) walk.frames.push(aside);
}

const indexBeneath = (walk: Walk): number =>
  walk.frames.slice(0, -1).findLastIndex((frame) => frame.waits === 'answer');

function beneath(walk: Walk): { place: Place; node: AskNode } | undefined {
  const index = indexBeneath(walk);
  const place = index < 0 ? undefined : placeOf({ ...walk, frames: walk.frames.slice(0, index + 1) });
  return place && 'ask' in place.node ? { place, node: place.node } : undefined;
}

function fits(walk: Walk, place: Place, node: AskNode, text: string): boolean {
  const options = optionsOf(walk, place, node);
  return readExact(text, node, options) !== null || readAnswer(walk, node, text, options).type !== 'unclear';
}
