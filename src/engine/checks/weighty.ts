/** Questions whose yes gives leave, hands on or destroys say so in their node; what they lead to tells which they are. */
import type { FlowFile } from '../flow.ts';
import { isWeighty, type AskNode, type FlowNode } from '../nodes/schema.ts';
import type { Problem } from './index.ts';

/** Actions that take a yes as leave, by the last part of their name. */
const leave = /\.\w*(?:consent|agree)$/;

/** Actions that cannot be undone by going back. */
const final = /\.(?:erase|withdraw|cancel|save|submit|send)$/;

/** What is asked once more where a read-back is denied. */
const readBack: readonly AskNode['ask'][] = ['money', 'nik', 'nib'];

export function weightyQuestionsSaySo(flow: FlowFile): Problem[] {
  return Object.entries(flow.nodes).flatMap(([node, asked]) => {
    if (!('ask' in asked) || asked.ask !== 'yesno') return [];
    const agreed = behind(flow, asked.yes ?? asked.next);
    if (agreed && 'do' in agreed && leave.test(agreed.do) && asked.consent !== true)
      return [{ node, what: `a yes gives leave (${agreed.do}) and is guessed`, remedy: 'add "consent: true"' }];
    if (isWeighty(asked) || !(isFinal(agreed) || asksAgain(flow.nodes[asked.no ?? '']))) return [];
    return [
      { node, what: 'a yes confirms what is read back, or destroys, and is guessed', remedy: 'add "readback: true"' },
    ];
  });
}

const isFinal = (node: FlowNode | undefined): boolean =>
  node !== undefined && (('do' in node && final.test(node.do)) || ('end' in node && node.end === 'drop'));

const asksAgain = (node: FlowNode | undefined): boolean =>
  node !== undefined && 'ask' in node && (readBack.includes(node.ask) || node.options === 'answered');

/** The first node that does more than speak. */
function behind(flow: FlowFile, name = '', left = 10): FlowNode | undefined {
  const node = flow.nodes[name];
  return node && 'say' in node && left > 0 ? behind(flow, node.next, left - 1) : node;
}
