/**
 * The engine: (flow, session, input, now) -> (session, effects). Pure: it sends nothing, stores nothing, knows no clock.
 * It never throws on anything that a person wrote or a stored session holds.
 */
import { receiveAnswer } from './asking/answer.ts';
import { pictures, thank, warnOfHidden } from './asking/media.ts';
import { settleBetween } from './asking/between.ts';
import { answerFreely, passOn } from './asking/free.ts';
import type { Effect } from './effect.ts';
import type { Library } from './flow.ts';
import type { Input } from './input.ts';
import { AWAY, KEPT_FORMS } from './limits.ts';
import { emptySession, sessionSchema, topFrame, type Answers, type Session } from './session.ts';
import { beginWalk, endWalk, keepAnswers, placeOf, pushFlow, sharedText, type Walk } from './frames.ts';
import { run } from './walk.ts';
import { readGreeting } from '../understanding/index.ts';

export type { Attachment, Effect, ShownOption, TextRef } from './effect.ts';
export {
  engineOptions,
  flowFileSchema,
  flowJsonSchema,
  RESUME,
  type ActionSpec,
  type EngineOption,
  type EngineWords,
  type Flow,
  type FlowFile,
  type FlowOption,
  type Library,
} from './flow.ts';
export { targetsOf, textsOf, type AskNode, type FlowNode } from './nodes/schema.ts';
export { HIDDEN, mediaKinds, type Hidden, type Input, type MediaKind } from './input.ts';
export {
  emptySession,
  sessionSchema,
  topFrame,
  type Answer,
  type Answers,
  type Form,
  type Frame,
  type Session,
} from './session.ts';
export { pictures };
export * as limits from './limits.ts';
export { checkFlow, type CheckContext, type Problem } from './checks/index.ts';

export interface Step {
  session: Session;
  effects: readonly Effect[];
}

/**
 * Starts a flow on top of whatever is in progress. `opening` is the message that led here, when it should be met with
 * a word of its own: a greeting is returned, a photo is thanked.
 */
export function start(library: Library, flow: string, session: Session | null, now: number, opening?: Input): Step {
  const walk = beginWalk(library, session ?? emptySession(now), now, opening);
  if (opening) meet(walk, opening);
  pushFlow(walk, flow);
  run(walk);
  return endWalk(walk);
}

/** What we speak first about: a flow, what it needs to know, and the thing it is about. */
export interface Between {
  flow: string;
  answers: Answers;
  about: string;
  /** Told although the person may want no messages. */
  owed?: true;
}

/** Where a flow that came in between keeps what it is about. */
const ABOUT = 'aside.about';

/**
 * We speak first: a flow comes in between whatever is in progress. The open question is asked again when the flow has
 * ended. An earlier question about the same thing that nobody answered makes room: it is answered by the newer one.
 */
export function interrupt(
  library: Library,
  { flow, answers, about, owed }: Between,
  session: Session | null,
  now: number,
): Step {
  const walk = beginWalk(library, session ?? emptySession(now), now);
  const same = (known: Answers) => known[ABOUT]?.kind === 'text' && known[ABOUT].text === about;
  const kept = walk.frames.filter((frame) => !(frame.aside && (frame.flow === flow || same(frame.answers))));
  walk.frames.splice(0, walk.frames.length, ...kept);
  pushFlow(walk, flow, {
    answers: { ...answers, [ABOUT]: { kind: 'text', text: about } },
    aside: true,
    ...(owed && { owed }),
  });
  run(walk);
  return endWalk(walk);
}

/** Goes on with a session: with an answer at its question, or with the result of its action. */
export function resume(library: Library, session: Session, input: Input, now: number): Step {
  const walk = beginWalk(library, session, now, input);
  const place = placeOf(walk);
  if (!place) run(walk);
  else if (input.type === 'result') takeResult(walk, input);
  else if (input.type === 'refused') takeRefusal(walk, input);
  else if ('ask' in place.node && place.frame.waits === 'answer') {
    if (now - session.askedAt >= AWAY && input.type === 'text') sayWhereWeWere(walk);
    if (settleBetween(walk, place, place.node, input)) return endWalk(walk);
    const meant = placeOf(walk);
    if (meant && 'ask' in meant.node) receiveAnswer(walk, meant, meant.node, input);
  } else run(walk);
  return endWalk(walk);
}

/** Whether the open question is one where a person may as well say something else: a choice of what to be told. */
export function takesWishes(library: Library, session: Session | null): boolean {
  const frame = topFrame(session);
  const node = frame && library.version(frame.flow, frame.version)?.nodes[frame.node];
  return node !== undefined && 'ask' in node && node.questions === true;
}

/** Whether the open question asks for a picture, so that one is its answer. */
export function wantsPicture(library: Library, session: Session | null): boolean {
  const frame = topFrame(session);
  const node = frame && library.version(frame.flow, frame.version)?.nodes[frame.node];
  return node !== undefined && 'ask' in node && (node.ask === 'photo' || node.photo !== undefined);
}

/** The form that a person has begun and not ended: a flow that counts its questions, with an answer in it. */
export function openForm(library: Library, session: Session | null): { flow: string; begun: number } | undefined {
  const frame = session?.frames.find(({ begun, trail }) => begun !== undefined && trail.length > 0);
  if (frame?.begun === undefined || library.version(frame.flow, frame.version) === undefined) return undefined;
  return { flow: frame.flow, begun: frame.begun };
}

/**
 * Leaves all that is in progress. The answers of its forms are kept for when they are begun again, unless the session itself
 * is what is broken.
 */
export function leaveAll(session: Session, now: number): Session {
  if (!sessionSchema.safeParse(session).success) return emptySession(now);
  const left = { kept: { ...session.kept } };
  for (const frame of session.frames) keepAnswers(left, frame);
  return { ...emptySession(now), kept: Object.fromEntries(Object.entries(left.kept).slice(-KEPT_FORMS)) };
}

/** Whether a session waits for the person: something is in progress and a question is open. */
export const isOpen = (session: Session | null): session is Session =>
  session !== null && topFrame(session) !== undefined;

function meet(walk: Walk, opening: Input): void {
  if (opening.type === 'media') thank(walk, opening.kind);
  if (opening.type !== 'text' || warnOfHidden(walk)) return;
  const greeting = readGreeting(opening.text);
  if (greeting !== null) walk.before.push(sharedText(`greeting.${greeting}`));
  else if (!answerFreely(walk, opening.text)) passOn(walk, opening.text);
}

function sayWhereWeWere(walk: Walk): void {
  const frame = walk.frames.at(-1);
  const flow = frame && walk.library.version(frame.flow, frame.version);
  if (flow?.steps !== undefined) walk.before.push({ programme: flow.programme, key: `${flow.id}.where` });
}

/** What was answered is kept for when the flow is begun again; meanwhile it is told why it goes no further. */
function takeRefusal(walk: Walk, { flow, answers, before }: Extract<Input, { type: 'refused' }>): void {
  const frame = walk.frames.pop();
  if (frame) keepAnswers(walk, frame);
  walk.before.push(...(before ?? []), sharedText('engine.kept'));
  pushFlow(walk, flow, { answers });
  run(walk);
}

/** What cannot be undone cannot be gone back behind: an action that changes something ends the trail. */
function takeResult(walk: Walk, result: Extract<Input, { type: 'result' }>): void {
  walk.before.push(...(result.before ?? []));
  const place = placeOf(walk);
  if (!place || !('do' in place.node)) return run(walk);
  const { frame, node } = place;
  if (walk.library.action(node.do)?.changes !== false) frame.trail = [];
  Object.assign(frame.answers, result.values);
  frame.waits = 'entry';
  frame.node = node.outcomes[result.outcome] ?? frame.node;
  if (node.outcomes[result.outcome] === undefined) {
    // The flow check demands every outcome; a result that is none of them ends the flow instead of asking for ever.
    walk.effects.push({ type: 'case', kind: 'engine', flow: frame.flow, node: frame.node });
    walk.frames.pop();
    walk.before.push(sharedText('engine.broken'));
  }
  run(walk);
}
