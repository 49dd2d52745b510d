/** The state of one walk: the engine's own copy of the frames, and what was said so far. One walk is one turn. */
import type { Effect, TextRef } from './effect.ts';
import type { Flow, Library } from './flow.ts';
import { CALL_DEPTH, KEPT_FORMS } from './limits.ts';
import type { Hidden, Input } from './input.ts';
import type { AskNode, FlowNode } from './nodes/schema.ts';
import type { Answers, Frame, Session } from './session.ts';

export interface Walk {
  readonly library: Library;
  readonly now: number;
  /** When the person wrote what is walked on. */
  readonly written: number;
  /** What of the message was hidden before anything read it. */
  readonly hidden: Hidden | undefined;
  readonly frames: Frame[];
  readonly effects: Effect[];
  /** Lines that go above the next text. */
  before: TextRef[];
  kept: Record<string, Answers>;
  askedAt: number;
  steps: number;
}

/** What a node says when it has been entered: go to that node, look at the top frame anew, or wait. */
export type Next = { go: string } | 'look' | 'wait';

/** Where a walk stands: the frame that talks, its flow and its node. */
export interface Place {
  frame: Frame;
  flow: Flow;
  node: FlowNode;
}

/** Asked in place of a question whose answer is doubtful: is this what was meant? */
export const readBack: AskNode = { ask: 'yesno', readback: true };

/** A text of the engine's own, in the namespace of what is common to all programmes. */
export const sharedText = (key: string, values?: Answers): TextRef => ({
  programme: 'shared',
  key,
  ...(values && { values }),
});

export function beginWalk(library: Library, session: Session, now: number, input?: Input): Walk {
  return {
    library,
    now,
    // A phone's clock may go ahead; nobody writes after it has arrived.
    written: Math.min((input?.type === 'text' ? input.sent : undefined) ?? now, now),
    hidden: input?.type === 'text' ? input.hidden : undefined,
    frames: session.frames.map((frame) => ({ ...frame, answers: { ...frame.answers }, trail: [...frame.trail] })),
    effects: [],
    before: [],
    kept: { ...session.kept },
    askedAt: session.askedAt,
    steps: 0,
  };
}

export function endWalk(walk: Walk): { session: Session; effects: Effect[] } {
  const kept = Object.entries(walk.kept).slice(-KEPT_FORMS);
  const session: Session = {
    v: 1,
    frames: walk.frames,
    askedAt: walk.askedAt,
    ...(kept.length > 0 && { kept: Object.fromEntries(kept) }),
  };
  return { session, effects: walk.effects };
}

/** The place of the top frame; undefined when nothing is in progress or its version of the flow is gone. */
export function placeOf(walk: Walk): Place | undefined {
  const frame = walk.frames.at(-1);
  const flow = frame && walk.library.version(frame.flow, frame.version);
  const node = flow?.nodes[frame?.node ?? ''];
  if (!frame || !flow || !node) return undefined;
  return { frame, flow, node: frame.doubted && 'ask' in node ? readBack : node };
}

/**
 * Puts a flow on top. One that is in progress already comes back to the top with its answers; answers kept from a lost
 * version are used again.
 */
export function pushFlow(walk: Walk, id: string, given?: { answers: Answers; aside?: true; owed?: true }): void {
  const open = walk.frames.findIndex((frame) => frame.flow === id);
  if (open >= 0) {
    walk.frames.push(...walk.frames.splice(open, 1));
    return;
  }
  const flow = walk.library.flow(id);
  if (!flow) return giveUp(walk);
  const kept = walk.kept[id];
  delete walk.kept[id];
  walk.frames.push({
    flow: flow.id,
    version: flow.version,
    node: flow.start,
    waits: 'entry',
    answers: { ...flow.answers, ...kept, ...given?.answers },
    trail: [],
    form: 'ask',
    ...(kept && { prefilled: true }),
    ...(given?.aside && { aside: true }),
    ...(given?.owed && { owed: true }),
    ...(flow.steps !== undefined && { begun: walk.now }),
  });
  // The form at the bottom is what matters most to the person; what was piled on it goes first.
  if (walk.frames.length > CALL_DEPTH) walk.frames.splice(1, 1);
}

/** Keeps what was answered for when the flow is begun again. What was picked from a list of that moment is asked anew. */
export function keepAnswers(walk: Pick<Walk, 'kept'>, { flow, answers }: Frame): void {
  const lasting = Object.entries(answers).filter(([, { kind }]) => kind !== 'picked' && kind !== 'list');
  if (lasting.length > 0) walk.kept[flow] = Object.fromEntries(lasting);
}

/** A flow that circles without a question, or leads nowhere: end it, tell staff, say so. The next message gets the menu. */
export function giveUp(walk: Walk): void {
  const top = walk.frames.at(-1);
  walk.effects.push({ type: 'case', kind: 'engine', flow: top?.flow ?? '', node: top?.node ?? '' });
  walk.frames.length = 0;
  walk.before.push(sharedText('engine.broken'));
  flushBefore(walk);
}

/** Says the lines that wait above a text when no text follows. */
export function flushBefore(walk: Walk): void {
  const last = walk.before.pop();
  if (last) walk.effects.push({ type: 'say', before: walk.before, text: last });
  walk.before = [];
}
