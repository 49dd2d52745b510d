/** What happens when a node is entered, one entry a kind. */
import { enterAsk } from '../asking/enter.ts';
import { pushFlow, type Next, type Place, type Walk } from '../frames.ts';
import type { CaseNode, DoNode, EndNode, GotoNode, SayNode } from './schema.ts';

export function enterNode(walk: Walk, place: Place): Next {
  const { node } = place;
  if ('say' in node) return enterSay(walk, place, node);
  if ('ask' in node) return enterAsk(walk, place, node);
  if ('do' in node) return enterDo(walk, place, node);
  if ('case' in node) return enterCase(walk, place, node);
  if ('end' in node) return enterEnd(walk, node);
  return enterGoto(walk, place, node);
}

function enterSay(walk: Walk, { frame, flow }: Place, node: SayNode): Next {
  const names = node.say === true ? [frame.node] : node.say;
  const attached = node.attach === undefined ? undefined : frame.answers[node.attach];
  const attachment = attached?.kind === 'file' || attached?.kind === 'pin' ? attached : undefined;
  names.forEach((name, index) => {
    const text = { programme: flow.programme, key: `${flow.id}.${name}`, values: frame.answers };
    if (node.above) return void walk.before.push(text);
    const last = index === names.length - 1;
    walk.effects.push({ type: 'say', before: walk.before, text, ...(last && attachment && { attachment }) });
    walk.before = [];
  });
  return { go: node.next };
}

const nothing: Readonly<Record<string, string>> = {};

function enterDo(walk: Walk, { frame, flow }: Place, node: DoNode): Next {
  frame.waits = 'result';
  walk.effects.push({
    type: 'do',
    action: node.do,
    node: frame.node,
    answers: frame.answers,
    with: node.with ?? nothing,
    programme: flow.programme,
    before: walk.before,
  });
  walk.before = [];
  return 'wait';
}

function enterCase(walk: Walk, { frame }: Place, node: CaseNode): Next {
  const below = walk.frames.at(-2);
  walk.effects.push({
    type: 'case',
    kind: node.case,
    flow: below?.flow ?? frame.flow,
    node: below?.node ?? frame.node,
  });
  return { go: node.next };
}

/** With `then` the flow is called and comes back; without, it takes this one's place. */
function enterGoto(walk: Walk, { frame }: Place, node: GotoNode): Next {
  if (node.then === undefined) walk.frames.pop();
  else Object.assign(frame, { node: node.then, waits: 'entry' });
  // Before the menu is offered, a question that we had put in between is asked again, and who called this flow goes on.
  const below = walk.frames.at(-1);
  const waited = below?.aside === true || below?.waits === 'entry';
  if (node.then === undefined && node.goto === walk.library.commands.menu && waited) return 'look';
  pushFlow(walk, node.goto);
  return 'look';
}

/** What was interrupted goes on by itself: entering its question again asks it again. */
function enterEnd(walk: Walk, node: EndNode): Next {
  if (node.end === 'forget') {
    walk.frames.length = 0;
    walk.kept = {};
    return 'look';
  }
  walk.frames.pop();
  if (node.end === 'hold') return 'wait';
  if (node.end === 'drop') walk.frames.pop();
  return 'look';
}
