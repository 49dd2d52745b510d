/** Flow checks: what a flow file must keep so that no person is led nowhere. Run when flows are loaded; a problem stops the start. */
import type { ActionSpec, FlowFile } from '../flow.ts';
import { engineOptions } from '../flow.ts';
import { targetsOf, type FlowNode } from '../nodes/schema.ts';
import { weightyQuestionsSaySo } from './weighty.ts';

/** One thing wrong with a flow: at which node, what, and what to do. */
export interface Problem {
  node: string;
  what: string;
  remedy: string;
}

/** What a check may look up beyond the flow itself. */
export interface CheckContext {
  flowExists(id: string): boolean;
  action(name: string): ActionSpec | undefined;
}

type Check = (flow: FlowFile, context: CheckContext) => Problem[];

const checks: readonly Check[] = [
  startExists,
  targetsExist,
  everyNodeIsReachable,
  everyAnswerLeadsOn,
  listsExist,
  actionsAreWhole,
  silenceIsKept,
  flowsExist,
  weightyQuestionsSaySo,
];

export const checkFlow = (flow: FlowFile, context: CheckContext): Problem[] =>
  checks.flatMap((check) => check(flow, context));

const eachNode = (flow: FlowFile) => Object.entries(flow.nodes);

/** Where a node may lead, also by the name of a chosen option. */
const leadsTo = (flow: FlowFile, node: FlowNode): readonly string[] => [
  ...targetsOf(node),
  ...('ask' in node && node.goto ? (flow.options?.[node.options ?? ''] ?? []) : []),
];

function startExists(flow: FlowFile): Problem[] {
  if (flow.nodes[flow.start]) return [];
  return [
    {
      node: flow.start,
      what: 'the flow starts here, but there is no such node',
      remedy: 'name a node that exists under "start"',
    },
  ];
}

function targetsExist(flow: FlowFile): Problem[] {
  return eachNode(flow).flatMap(([name, node]) =>
    targetsOf(node)
      .filter((target) => !flow.nodes[target])
      .map((target) => ({
        node: name,
        what: `leads to "${target}", which does not exist`,
        remedy: `add a node "${target}" or lead to one of: ${Object.keys(flow.nodes).join(', ')}`,
      })),
  );
}

function everyNodeIsReachable(flow: FlowFile): Problem[] {
  const seen = new Set<string>();
  const open = [flow.start];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const node = flow.nodes[name];
    if (!node || seen.has(name)) continue;
    seen.add(name);
    open.push(...leadsTo(flow, node));
  }
  return eachNode(flow)
    .filter(([name]) => !seen.has(name))
    .map(([name]) => ({
      node: name,
      what: 'can never be reached',
      remedy: 'lead to it from another node, or remove it',
    }));
}

/** Every possible answer of a question has a node to go to. */
function everyAnswerLeadsOn(flow: FlowFile): Problem[] {
  return eachNode(flow).flatMap(([name, node]) => {
    if (!('ask' in node) || node.next !== undefined || node.goto) return [];
    const list = flow.options?.[node.options ?? ''] ?? [];
    const missing =
      node.ask === 'yesno'
        ? [...(node.yes === undefined ? ['yes'] : []), ...(node.no === undefined ? ['no'] : [])]
        : node.ask === 'choice' && node.from === undefined
          ? list.filter((id) => node.on?.[id] === undefined)
          : ['next'];
    return missing.map((answer) => ({
      node: name,
      what: `the answer "${answer}" leads nowhere`,
      remedy: 'give it a target, or give the node a "next"',
    }));
  });
}

function listsExist(flow: FlowFile): Problem[] {
  const problems: Problem[] = [];
  for (const [name, node] of eachNode(flow)) {
    if (!('ask' in node)) continue;
    for (const list of [node.options, node.or]) {
      if (list === undefined || list === 'answered' || list === 'programmes' || flow.options?.[list]) continue;
      problems.push({
        node: name,
        what: `offers the list "${list}", which does not exist`,
        remedy: 'add it under "options"',
      });
    }
    if ((node.ask === 'choice' || node.ask === 'choices') && node.options === undefined && node.from === undefined)
      problems.push({
        node: name,
        what: 'asks to choose but offers nothing',
        remedy: 'name a list under "options" or "from"',
      });
  }
  const reserved = new Set<string>(engineOptions);
  for (const [list, ids] of Object.entries(flow.options ?? {}))
    for (const id of ids)
      if (reserved.has(id))
        problems.push({
          node: list,
          what: `the option id "${id}" is the engine's own`,
          remedy: 'give the option another id',
        });
  return problems;
}

function actionsAreWhole(flow: FlowFile, { action }: CheckContext): Problem[] {
  return eachNode(flow).flatMap(([name, node]) => {
    if (!('do' in node)) return [];
    const spec = action(node.do);
    if (!spec)
      return [{ node: name, what: `calls "${node.do}", which no programme has`, remedy: 'name an action that exists' }];
    const given = Object.keys(node.outcomes);
    return [
      ...spec.outcomes
        .filter((outcome) => !given.includes(outcome))
        .map((outcome) => ({
          node: name,
          what: `has no target for the outcome "${outcome}"`,
          remedy: 'add it under "outcomes"',
        })),
      ...given
        .filter((outcome) => !spec.outcomes.includes(outcome))
        .map((outcome) => ({
          node: name,
          what: `has a target for "${outcome}", which ${node.do} never answers`,
          remedy: `use one of: ${spec.outcomes.join(', ')}`,
        })),
    ];
  });
}

/** What says that we are silent follows nothing but an action that has made it so. */
function silenceIsKept(flow: FlowFile, { action }: CheckContext): Problem[] {
  const problem = (node: string, what: string): Problem => ({
    node,
    what: `says that no messages come any more, ${what}`,
    remedy: 'lead to it only from a "do" node whose action stops messages, such as shared.mute',
  });
  return eachNode(flow).flatMap(([name, node]) => {
    if (!('say' in node) || node.silence !== true) return [];
    const before = eachNode(flow).filter(([, one]) => leadsTo(flow, one).includes(name));
    return [
      ...(flow.start === name ? [problem(name, 'and the flow begins with it')] : []),
      ...before
        .filter(([, one]) => !('do' in one) || action(one.do)?.silences !== true)
        .map(([from]) => problem(name, `and "${from}" leads to it without having stopped them`)),
    ];
  });
}

function flowsExist(flow: FlowFile, { flowExists }: CheckContext): Problem[] {
  return eachNode(flow).flatMap(([name, node]) =>
    'goto' in node && !('ask' in node) && !flowExists(node.goto)
      ? [
          {
            node: name,
            what: `goes to the flow "${node.goto}", which does not exist`,
            remedy: 'name a flow that exists',
          },
        ]
      : [],
  );
}
