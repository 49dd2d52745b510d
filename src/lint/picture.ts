/** A flow as a picture, by Graphviz. */
import { Graphviz } from '@hpcc-js/wasm-graphviz';
import type { FlowFile, FlowNode } from '../engine/index.ts';

/** What a node looks like, by its kind: shape and colour. */
const looks: Readonly<Record<string, string>> = {
  say: 'shape=box, style="rounded,filled", fillcolor="#fffdf9"',
  ask: 'shape=box, style="filled", fillcolor="#dcefe4"',
  do: 'shape=component, style="filled", fillcolor="#f4efe6"',
  case: 'shape=note, style="filled", fillcolor="#fff3c4"',
  goto: 'shape=cds, style="filled", fillcolor="#e4e7f4"',
  end: 'shape=doublecircle, style="filled", fillcolor="#eeeeee", width=0.3',
};

/** SVG with the names of all nodes and of the ways between them; the same for the same flow. */
export async function drawFlow(flow: FlowFile): Promise<string> {
  const graphviz = await Graphviz.load();
  // The library's own version stands in comments; without them a picture changes only when its flow does.
  return graphviz.dot(dotOf(flow)).replace(/<!--[^<>]*-->\n?/g, '');
}

function dotOf(flow: FlowFile): string {
  const lines = Object.entries(flow.nodes).flatMap(([name, node]) => [
    `  ${quote(name)} [label=${quote(labelOf(name, node))}, ${looks[kindOf(node)] ?? ''}];`,
    ...waysOf(node).map(
      ([how, to]) => `  ${quote(name)} -> ${quote(to)}${how === '' ? '' : ` [label=${quote(` ${how}`)}]`};`,
    ),
  ]);
  return [
    `digraph ${quote(flow.flow)} {`,
    '  graph [rankdir=TB, fontname="sans-serif", label=' + quote(flow.flow) + ', labelloc=t, pad=0.3];',
    '  node [fontname="sans-serif", fontsize=12, margin="0.22,0.1"];',
    '  edge [fontname="sans-serif", fontsize=10, color="#655c50"];',
    `  start [shape=circle, label="", width=0.2, style=filled, fillcolor="#1f6f5c"];`,
    `  start -> ${quote(flow.start)};`,
    ...lines,
    '}',
  ].join('\n');
}

const kindOf = (node: FlowNode): string => Object.keys(looks).find((kind) => kind in node) ?? '';

function labelOf(name: string, node: FlowNode): string {
  if ('ask' in node) return `${name}\n${node.ask}${node.step === undefined ? '' : ` (${node.step})`}`;
  if ('do' in node) return `${name}\n${node.do}`;
  if ('case' in node) return `${name}\ncase ${node.case}`;
  if ('goto' in node) return `${name}\n→ ${node.goto}`;
  return 'end' in node && node.end !== true ? `${name}\n${node.end}` : name;
}

/** Every way out of a node within its flow: what leads there, and where. */
function waysOf(node: FlowNode): [string, string][] {
  if ('say' in node || 'case' in node) return [['', node.next]];
  if ('do' in node) return Object.entries(node.outcomes);
  if (!('ask' in node)) return 'goto' in node && node.then !== undefined ? [['then', node.then]] : [];
  const ways: [string, string | undefined][] = [
    ['yes', node.yes],
    ['no', node.no],
    ['more', node.more],
    ...Object.entries(node.on ?? {}),
    [node.yes !== undefined || node.on !== undefined ? 'else' : '', node.next],
    ['then', node.then],
  ];
  return ways.filter((way): way is [string, string] => way[1] !== undefined);
}

const quote = (text: string): string => JSON.stringify(text);
