/**
 * A flow of an earlier deploy, whose file is stored and whose texts are not: what of it can still be said and done with the
 * texts, actions and flows of today. Whoever comes to the rest is told so and led on (`engine/walk.ts`).
 */
import { flowFileSchema, textsOf, type ActionSpec, type Flow, type FlowFile, type FlowNode } from '../engine/index.ts';
import { compileFlow, type Flows, type FlowSource } from './flows.ts';
import { mainLanguage, type Locales } from './locales.ts';

export interface Today {
  flows: Flows;
  locales: Locales;
  action(name: string): ActionSpec | undefined;
}

/** Undefined when today's schema no longer reads it. */
export function compileStored(source: FlowSource, today: Today): Flow | undefined {
  const file = flowFileSchema.safeParse(source.file);
  if (!file.success) return undefined;
  return compileFlow(
    { ...source, file: whatHolds(source.programme, file.data, today) },
    today.flows.programmes,
    today.locales,
  );
}

/** The file without the lists that lost a label, the nodes that lost a text, an action or a flow, and a count that lost its line. */
function whatHolds(programme: string, file: FlowFile, { flows, locales, action }: Today): FlowFile {
  const has = (key: string) => locales.has(mainLanguage, programme, key);
  const lists = Object.entries(file.options ?? {});
  const whole = lists.filter(([list, ids]) => ids.every((id) => has(`options.${list}.${id}.label`)));
  const lost = new Set(lists.filter((list) => !whole.includes(list)).map(([list]) => list));
  const unknown = unknownNames(file, flows);
  const sayable = (key: string): boolean =>
    has(key) &&
    locales.languages.every(
      (language) => !locales.has(language, programme, key) || !unknown(locales.template(language, programme, key)),
    );
  const holds = ([name, node]: [string, FlowNode]): boolean => {
    if ('do' in node) return action(node.do) !== undefined;
    if ('goto' in node && !('ask' in node)) return flows.sources.some((other) => other.file.flow === node.goto);
    if ('ask' in node && [node.options, node.or].some((list) => list !== undefined && lost.has(list))) return false;
    return textsOf(name, node).every((key) => sayable(`${file.flow}.${key}`));
  };
  const { steps, ...rest } = file;
  return {
    ...rest,
    ...(steps !== undefined && sayable(`${file.flow}.where`) && { steps }),
    options: Object.fromEntries(whole),
    nodes: Object.fromEntries(Object.entries(file.nodes).filter(holds)),
  };
}

/** Whether a text names an answer that the flow of today asks for and the stored one did not. */
function unknownNames(file: FlowFile, { sources }: Flows): (template: string) => boolean {
  const asked = savedIn(file);
  const today = sources.find((source) => source.file.flow === file.flow);
  const names = [...(today ? savedIn(today.file) : [])].filter((name) => !asked.has(name));
  return (template) => names.some((name) => template.includes(`{{${name}}}`));
}

/** What the questions of a flow keep, as texts name it: "name" for "person.name". */
const savedIn = ({ nodes }: FlowFile): Set<string> =>
  new Set(
    Object.values(nodes).flatMap((node) =>
      'ask' in node && node.save !== undefined ? [node.save.slice(node.save.indexOf('.') + 1)] : [],
    ),
  );
