/** Where an answer leads. */
import type { AskNode } from '../nodes/schema.ts';
import type { Answer } from '../session.ts';

/** The node after this answer; undefined when the answer itself names where to go (`goto: chosen`). */
export function targetOf(node: AskNode, answer: Answer): string | undefined {
  if (answer.kind === 'yes') return (answer.yes ? node.yes : node.no) ?? node.next;
  if (answer.kind === 'options' && answer.ids.length === 1) return node.on?.[answer.ids[0] ?? ''] ?? node.next;
  return node.next;
}
