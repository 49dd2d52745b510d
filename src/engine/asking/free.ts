/** Free questions: answered where the answer is sure, else handed to staff. Never a dead end, never a guess. */
import { readDoubt } from '../../understanding/index.ts';
import { sharedText, type Walk } from '../frames.ts';

/** Answers a question above the next text. False when no answer is sure. */
export function answerFreely(walk: Walk, text: string): boolean {
  const answer = walk.library.answerTo(text);
  if (answer) walk.before.push(answer);
  return answer !== undefined;
}

/** Hands a question that nobody foresaw to staff, and says so. False when the text asks nothing. */
export function passOn(walk: Walk, text: string): boolean {
  if (readDoubt(text) !== 'question') return false;
  openQuestion(walk);
  walk.before.push(sharedText('engine.asked'));
  return true;
}

/** A case for staff: something was asked here that has no answer yet. */
export function openQuestion(walk: Walk): void {
  const frame = walk.frames.at(-1);
  walk.effects.push({ type: 'case', kind: 'question', flow: frame?.flow ?? '', node: frame?.node ?? '' });
}
