/** The walk: from node to node until a question, an action or the end. */
import { flushBefore, giveUp, keepAnswers, placeOf, pushFlow, sharedText, type Walk } from './frames.ts';
import { STEPS_A_TURN } from './limits.ts';
import { enterNode } from './nodes/index.ts';

/** Walks until something waits or nothing is left. */
export function run(walk: Walk): void {
  while (walk.frames.length > 0) {
    if (++walk.steps > STEPS_A_TURN) return giveUp(walk);
    const place = placeOf(walk);
    if (!place) return apologise(walk);
    if (place.frame.until === place.frame.node) delete place.frame.until;
    const next = enterNode(walk, place);
    if (next === 'wait') return;
    if (next !== 'look') place.frame.node = next.go;
  }
  // A flow that ended with an answer still says what was understood.
  flushBefore(walk);
}

/**
 * A flow whose version can no longer be found, or a node of it that can no longer be said: apologise, tell staff, keep the
 * answers, offer the menu. Whoever begins the form again goes on behind the answers that are kept.
 */
function apologise(walk: Walk): void {
  const lost = walk.frames.pop();
  if (!lost) return;
  keepAnswers(walk, lost);
  walk.effects.push({ type: 'case', kind: 'outdated', flow: lost.flow, node: lost.node });
  walk.before.push(sharedText('engine.outdated'));
  const menu = walk.library.commands.menu;
  if (menu === undefined || lost.flow === menu) return flushBefore(walk);
  pushFlow(walk, menu);
  run(walk);
}
