/** *kembali*. */
import { sharedText, type Place, type Walk } from '../frames.ts';
import type { AskNode } from '../nodes/schema.ts';
import { withoutDoubt } from './doubt.ts';
import { askAgain, putQuestion } from './enter.ts';

/** Undoes exactly one answer. With none left, it says so and asks again. */
export function goBack(walk: Walk, place: Place, node: AskNode): void {
  const { frame, flow } = place;
  const doubted = withoutDoubt(place);
  if (doubted) {
    walk.before.push(sharedText('engine.undone'));
    return putQuestion(walk, doubted, doubted.node, 'ask');
  }
  const last = frame.trail.pop();
  const step = typeof last === 'string' ? { node: last } : last;
  const asked = step && flow.nodes[step.node];
  if (!asked || !('ask' in asked)) {
    walk.before.push(sharedText('engine.nothing_to_undo'));
    return askAgain(walk, place, node);
  }
  if (asked.save !== undefined) {
    if (step.before) frame.answers[asked.save] = step.before;
    else delete frame.answers[asked.save];
  }
  if (step.until === undefined) delete frame.until;
  else frame.until = step.until;
  frame.node = step.node;
  walk.before.push(sharedText('engine.undone'));
  putQuestion(walk, { frame, flow, node: asked }, asked, 'ask');
}
