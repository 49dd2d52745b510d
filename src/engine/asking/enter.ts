/** Asking: a question is put to the person, or passed over when it is answered already. */
import type { AskNode } from '../nodes/schema.ts';
import type { Answer, Answers, Form } from '../session.ts';
import { readBack, sharedText, type Next, type Place, type Walk } from '../frames.ts';
import { optionsOf } from './options.ts';
import { targetOf } from './target.ts';

export function enterAsk(walk: Walk, place: Place, node: AskNode): Next {
  const { frame } = place;
  if (frame.waits === 'answer') {
    // Something was on top of this question and has ended: say that we go on, and ask it again.
    walk.before.push(sharedText('engine.again'));
    askAgain(walk, place, node);
    return 'wait';
  }
  // Leave is given anew each time it is asked for; an answer that was kept is none.
  const passing = node.consent !== true && (frame.until !== undefined || frame.prefilled);
  const answer = node.save === undefined ? undefined : frame.answers[node.save];
  if (passing && answer && isStillOffered(place, node, answer)) {
    const target = targetOf(node, answer);
    if (target !== undefined) return { go: target };
  }
  putQuestion(walk, place, node, 'ask');
  return 'wait';
}

/** An option that was chosen before a deploy and is offered no more is no answer now. */
function isStillOffered({ flow }: Place, node: AskNode, answer: Answer): boolean {
  if (answer.kind !== 'options') return true;
  const offered = flow.options[node.options ?? node.or ?? ''] ?? [];
  return answer.ids.every((id) => offered.some((option) => option.id === id));
}

/** What was read, as the texts of the read-back name it. */
const doubtOf = ({ doubted }: Place['frame']): Answers => (doubted ? { 'person.who': doubted.answer } : {});

/** The question as it stood, from its first form when the person was being helped out of it. */
export function askAgain(walk: Walk, place: Place, node: AskNode): void {
  const { frame } = place;
  putQuestion(walk, place, node, frame.form === 'stuck' ? 'ask' : frame.form, frame.shown);
}

/** Puts the question in one of its forms; `shown` narrows the options to these. */
export function putQuestion(walk: Walk, place: Place, node: AskNode, form: Form, shown?: readonly string[]): void {
  const { frame, flow } = place;
  frame.waits = 'answer';
  frame.form = form;
  if (shown) frame.shown = [...shown];
  else delete frame.shown;
  const options = optionsOf(walk, place, node);
  const text =
    form === 'stuck'
      ? sharedText('engine.stuck')
      : options.narrowed
        ? sharedText('engine.which')
        : node === readBack
          ? sharedText(`engine.sure.${form}`, doubtOf(frame))
          : { programme: flow.programme, key: `${flow.id}.${frame.node}.${form}`, values: frame.answers };
  walk.effects.push({
    type: 'ask',
    before: walk.before,
    text,
    form,
    options: options.told,
    numbered: options.numbered,
    ...(form !== 'stuck' &&
      node.step !== undefined &&
      flow.steps !== undefined && { step: { number: node.step, of: flow.steps } }),
  });
  walk.before = [];
  walk.askedAt = walk.now;
  frame.asked = walk.now;
}
