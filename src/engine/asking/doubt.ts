/**
 * A doubtful answer is read back. A yes takes it whole, another answer takes its place, a no asks again in another way; so no list
 * of words can keep anybody from answering.
 */
import { tokens } from '../../understanding/index.ts';
import { readBack, type Place, type Walk } from '../frames.ts';
import type { AskNode } from '../nodes/schema.ts';
import type { Answer } from '../session.ts';
import { putQuestion } from './enter.ts';
import type { Options } from './options.ts';
import { readAnswer, type Meaning } from './read.ts';

type Asked = Place & { node: AskNode };

/** Reads an answer back; it waits in the frame, so that it is still there after a crash or a month. */
export function putDoubt(walk: Walk, { frame, flow }: Place, answer: Answer): void {
  frame.doubted = { answer, form: frame.doubted?.form ?? frame.form };
  putQuestion(walk, { frame, flow, node: readBack }, readBack, 'ask');
}

/** The question itself, as it stood before its answer was doubted; undefined when none was. */
export function withoutDoubt({ frame, flow }: Place): Asked | undefined {
  const node = flow.nodes[frame.node];
  if (!frame.doubted || !node || !('ask' in node)) return undefined;
  frame.form = frame.doubted.form;
  delete frame.doubted;
  return { frame, flow, node };
}

/**
 * What is said to a read-back: yes or no, or the answer put another way. What is surely an answer counts as one, and the same
 * again is a yes.
 */
export function readToDoubt(walk: Walk, { frame, flow }: Place, text: string, options: Options): Meaning {
  const { doubted } = frame;
  const node = flow.nodes[frame.node];
  const other: Meaning = node && 'ask' in node ? readAnswer(walk, node, text, options) : { type: 'unclear' };
  if (other.type === 'answer') return other;
  if (other.type === 'doubt' && isSame(other.answer, doubted?.answer))
    return { type: 'answer', answer: { kind: 'yes', yes: true } };
  const agreed = readAnswer(walk, readBack, text, options);
  // "bukan, Salamah" is a no, and says more.
  const denied = agreed.type === 'answer' && agreed.answer.kind === 'yes' && !agreed.answer.yes;
  return agreed.type === 'unclear' || (denied && other.type === 'doubt') ? other : agreed;
}

/** One word that greets and that people are called as well: "siang", and the same again. */
export function isCalled(node: AskNode, meaning: Meaning, text: string): boolean {
  const agreed = node === readBack && meaning.type === 'answer' && meaning.answer.kind === 'yes';
  return (meaning.type === 'doubt' || agreed) && tokens(text).length === 1;
}

const isSame = (one: Answer, other: Answer | undefined): boolean =>
  one.kind === 'text' && other?.kind === 'text' && one.text === other.text;
