/** A message at a question: a global word, an option, an answer, or something that needs help (conversation rule 5). */
import { readCommand, readDoubt, readGreeting, type Command } from '../../understanding/index.ts';
import type { TextRef } from '../effect.ts';
import { RESUME } from '../flow.ts';
import type { Input, Message } from '../input.ts';
import { OPTIONS_A_MESSAGE, PAUSE, TRAIL_LENGTH } from '../limits.ts';
import { isWeighty, type AskNode } from '../nodes/schema.ts';
import type { Answer, Form } from '../session.ts';
import { placeOf, pushFlow, readBack, sharedText, type Place, type Walk } from '../frames.ts';
import { run } from '../walk.ts';
import { isCalled, putDoubt, readToDoubt, withoutDoubt } from './doubt.ts';
import { askAgain, putQuestion } from './enter.ts';
import { isBareCode, pictures, thank, warnOfHidden } from './media.ts';
import { goBack } from './back.ts';
import { BETWEEN_TEXT, bringUp } from './between.ts';
import { answerFreely, openQuestion, passOn } from './free.ts';
import { isEngineOption, isPlainZero, optionsOf, pageOf } from './options.ts';
import { meaningOfOption, readAnswer, readExact, type Meaning } from './read.ts';
import { targetOf } from './target.ts';

export function receiveAnswer(walk: Walk, place: Place, node: AskNode, input: Message): void {
  switch (input.type) {
    case 'media':
      return receiveMedia(walk, place, node, input);
    case 'tap':
      return receiveTap(walk, place, node, input.option, input.stale);
    case 'text':
      return receiveText(walk, place, node, input.text);
  }
}

/** A photo answers where one is asked for, or taken instead of words; else it is thanked for. */
function receiveMedia(
  walk: Walk,
  place: Place,
  node: AskNode,
  { kind, file }: Extract<Input, { type: 'media' }>,
): void {
  const wanted = node.ask === 'photo' || node.photo !== undefined;
  if (!wanted || !pictures.includes(kind)) thank(walk, kind);
  else if (!file) walk.before.push(sharedText('thanks.unreadable'));
  else {
    const answer: Answer = { kind: 'file', id: file.id, type: file.type, name: 'foto' };
    if (node.ask === 'photo') return accept(walk, place, node, answer);
    return acceptPhoto(walk, place, node, answer);
  }
  askAgain(walk, place, node);
}

/** A photo instead of the awaited answer: it stands where the node says, and leads its own way. */
function acceptPhoto(walk: Walk, { frame }: Place, { photo }: AskNode, answer: Answer): void {
  if (!photo) return;
  frame.trail.push(frame.node);
  frame.answers[photo.save] = answer;
  leave(frame);
  frame.node = photo.next;
  run(walk);
}

function receiveTap(walk: Walk, place: Place, node: AskNode, id: string, stale: boolean): void {
  const options = optionsOf(walk, place, node);
  if (stale || !options.shown.some((option) => option.id === id)) {
    walk.before.push(sharedText('engine.old_button'));
    return askAgain(walk, place, node);
  }
  act(walk, place, node, meaningOfOption(node, id, options.all));
}

function receiveText(walk: Walk, place: Place, node: AskNode, text: string): void {
  const options = optionsOf(walk, place, node);
  const exact = readExact(text, node, options);
  if (walk.hidden && (walk.hidden.code || node.ask !== 'nik')) {
    warnOfHidden(walk);
    return askAgain(walk, place, node);
  }
  if (node.guard && exact === null && isBareCode(text)) {
    walk.effects.push({ type: 'hide' });
    walk.before.push(sharedText('engine.code'));
    return askAgain(walk, place, node);
  }
  if (exact !== null) return act(walk, place, node, meaningOfOption(node, exact, options.all));
  const command = readCommand(text);
  if (command !== null && !isPlainZero(text, options) && obey(walk, place, node, command)) return;
  const meaning = node === readBack ? readToDoubt(walk, place, text, options) : readAnswer(walk, node, text, options);
  const greeting = readGreeting(text);
  if (greeting !== null && !isCalled(node, meaning, text)) {
    walk.before.push(sharedText(`greeting.${greeting}`));
    return askAgain(walk, place, node);
  }
  if (meaning.type !== 'unclear') return act(walk, place, node, meaning);
  if (meaning.why) help(walk, place, node, meaning.why);
  else doubt(walk, place, node, text);
}

/** Who asks back is told more where there is more; who does not know may pass, or is helped without any blame. */
function doubt(walk: Walk, place: Place, node: AskNode, text: string): void {
  const kind = readDoubt(text);
  // In a form only what asks is a question; where one chooses what to do, any words may be.
  const free = node.ask === 'choice' && node.save === undefined;
  if ((kind === 'question' || free) && answerFreely(walk, text)) return askAgain(walk, place, node);
  if (kind === 'question' && node.more !== undefined) return engineOption(walk, place, node, 'more');
  if (free && passOn(walk, text)) return askAgain(walk, place, node);
  if (kind === 'unknown' && node.skip) return accept(walk, place, node, { kind: 'skipped' });
  if (kind === 'question') openQuestion(walk);
  // Each time another way as well: what seems to ask may be an answer that we do not read.
  help(
    walk,
    place,
    node,
    kind === null ? undefined : sharedText(kind === 'question' ? 'engine.asked' : 'engine.unknown'),
  );
}

function act(walk: Walk, place: Place, node: AskNode, meaning: Meaning): void {
  switch (meaning.type) {
    case 'answer':
      if (meaning.answer.kind === 'yes' && isStale(walk, place, node)) return showAgain(walk, place, node);
      return accept(walk, place, node, meaning.answer);
    case 'narrow':
      return narrow(walk, place, node, meaning.ids);
    case 'doubt':
      return putDoubt(walk, place, meaning.answer);
    case 'option':
      return engineOption(walk, place, node, meaning.id);
    case 'unclear':
      return help(walk, place, node);
  }
}

/** Whether a yes weighs here, and the question was shown so long ago that it may no longer be known what it asked. */
const isStale = (walk: Walk, { frame }: Place, node: AskNode): boolean =>
  isWeighty(node) && walk.written - (frame.asked ?? walk.askedAt) >= PAUSE;

/** What gives leave, confirms or destroys is shown again before a yes or a no counts. */
function showAgain(walk: Walk, place: Place, node: AskNode): void {
  walk.before.push(sharedText('engine.shown_again'));
  askAgain(walk, place, node);
}

/** Keeps the answer, remembers it for *kembali*, and walks on. The next text begins with what was understood. */
function accept(walk: Walk, place: Place, node: AskNode, answer: Answer): void {
  if (node === readBack) return settleDoubt(walk, place, answer);
  const { frame, flow } = place;
  const before = node.save === undefined ? undefined : frame.answers[node.save];
  const { until } = frame;
  const plain = before === undefined && until === undefined;
  frame.trail.push(
    plain ? frame.node : { node: frame.node, ...(before && { before }), ...(until !== undefined && { until }) },
  );
  if (frame.trail.length > TRAIL_LENGTH) frame.trail.shift();
  if (node.save !== undefined) {
    frame.answers[node.save] = answer;
    const form = answer.kind === 'skipped' ? 'engine.skipped' : `${flow.id}.${frame.node}.echo`;
    walk.before.push(
      answer.kind === 'skipped'
        ? sharedText(form)
        : { programme: flow.programme, key: form, values: { ...frame.answers, answer } },
    );
  }
  if (node.between) return answerBetween(walk, frame, answer);
  leave(frame);
  const chosen = node.goto && answer.kind === 'options' ? answer.ids[0] : undefined;
  if (chosen !== undefined) return goToChosen(walk, place, node, chosen);
  frame.node = targetOf(node, answer) ?? frame.node;
  const asked = flow.nodes[frame.node];
  // No to what was read back: it is asked although it is answered, even where answered questions are passed over.
  if (answer.kind === 'yes' && !answer.yes && node.save === undefined && asked && 'ask' in asked)
    return putQuestion(walk, { frame, flow, node: asked }, asked, 'ask');
  run(walk);
}

/** A yes takes what was read back, another answer takes its place; a no asks again, in another way. */
function settleDoubt(walk: Walk, place: Place, answer: Answer): void {
  const read = place.frame.doubted?.answer;
  const asked = withoutDoubt(place);
  if (!asked || !read) return run(walk);
  const taken = answer.kind === 'yes' ? (answer.yes ? read : undefined) : answer;
  if (taken) return accept(walk, asked, asked.node, taken);
  help(walk, asked, asked.node, sharedText('engine.misread'));
}

/** Now it is known which of two questions the earlier text answers: it is read there. */
function answerBetween(walk: Walk, { answers }: Place['frame'], chosen: Answer): void {
  walk.frames.pop();
  if (chosen.kind === 'options' && chosen.ids[0] === 'older') bringUp(walk);
  const place = placeOf(walk);
  const text = answers[BETWEEN_TEXT];
  if (place && 'ask' in place.node && text?.kind === 'text') receiveText(walk, place, place.node, text.text);
  else run(walk);
}

function leave(frame: Place['frame']): void {
  frame.waits = 'entry';
  frame.form = 'ask';
  delete frame.shown;
  delete frame.doubted;
}

/** The chosen option names a question of this flow (to correct it), what was interrupted, or another flow. */
function goToChosen(walk: Walk, { frame, flow }: Place, node: AskNode, id: string): void {
  const target = flow.nodes[id];
  if (target) {
    frame.node = id;
    delete frame.prefilled;
    if (node.then !== undefined) frame.until = node.then;
    // Asked although it is answered already: that is what was chosen.
    return 'ask' in target ? putQuestion(walk, { frame, flow, node: target }, target, 'ask') : run(walk);
  }
  walk.frames.pop();
  if (id !== RESUME) pushFlow(walk, id);
  run(walk);
}

/** Several fit. Up to five are shown; more are asked for by kecamatan. */
function narrow(walk: Walk, place: Place, node: AskNode, ids: readonly string[]): void {
  if (ids.length <= OPTIONS_A_MESSAGE) return putQuestion(walk, place, node, place.frame.form, ids);
  putQuestion(walk, place, node, 'simple');
}

function engineOption(walk: Walk, place: Place, node: AskNode, id: string): void {
  const { frame } = place;
  if (id === 'more' && node.more !== undefined) {
    leave(frame);
    frame.node = node.more;
    return run(walk);
  }
  if (id === 'human') return void obey(walk, place, node, 'human');
  if (id === 'again') return putQuestion(walk, place, node, 'ask');
  if (id === 'other') return turnPage(walk, place, node);
  const within = walk.library.areas.filter((area) => area.district.code === id).map((area) => area.code);
  if (within.length > 0) return narrow(walk, place, node, within);
  help(walk, place, node);
}

function turnPage(walk: Walk, place: Place, node: AskNode): void {
  const options = optionsOf(walk, place, node);
  const whole = options.all.filter((option) => option.id !== 'other');
  const last = options.shown.filter((option) => !isEngineOption(option.id)).at(-1);
  const from = whole.findIndex((option) => option.id === last?.id) + 1;
  const page = pageOf(whole, from, walk.library.words.other);
  putQuestion(
    walk,
    place,
    node,
    place.frame.form === 'stuck' ? 'ask' : place.frame.form,
    page.map(({ id }) => id),
  );
}

const nextForm: Record<Form, Form | 'staff'> = { ask: 'example', example: 'simple', simple: 'stuck', stuck: 'staff' };

/** Not understood. Each time another way: an example, a simpler form, a way out; then a person is told. */
function help(walk: Walk, place: Place, node: AskNode, lead?: TextRef): void {
  const { frame } = place;
  const next = nextForm[frame.form];
  if (next !== 'staff') {
    walk.before.push(lead ?? sharedText(`unclear.${next}`));
    return putQuestion(walk, place, node, next);
  }
  walk.effects.push({ type: 'case', kind: 'stuck', flow: frame.flow, node: frame.node });
  walk.before.push(sharedText('unclear.staff'));
  putQuestion(walk, place, node, 'ask');
}

/** Does what a global word asks. False when nothing here answers to it; then it is read as an answer. */
function obey(walk: Walk, place: Place, node: AskNode, command: Command): boolean {
  if (command === 'back') goBack(walk, place, node);
  else if (command === 'repeat') askAgain(walk, place, node);
  // "bantuan" at a question: the next easier form, without the blame.
  else if (command === 'help') help(walk, place, node, sharedText('engine.unknown'));
  else {
    const flow = walk.library.commands[command];
    if (flow === undefined) return false;
    if (flow === place.frame.flow) beginAgain(walk, place, node);
    else {
      pushFlow(walk, flow);
      run(walk);
    }
  }
  return true;
}

/** The flow that is open already is asked for again: what it tells first may be another now. */
function beginAgain(walk: Walk, place: Place, node: AskNode): void {
  const { frame, flow } = place;
  if (frame.trail.length > 0) return askAgain(walk, place, node);
  leave(frame);
  frame.node = flow.start;
  run(walk);
}
