/** The kinds of node, as they are written in a flow file. One entry of `kinds` each; the compiler finds every place left. */
import { z } from 'zod';

const name = z.string().regex(/^[a-z][a-z0-9_]*$/, 'a name is lower-case letters, digits and _');
const to = name.describe('The node that comes next');
const place = z.string().regex(/^[a-z]+\.[a-zA-Z]+$/, 'a place is written as "person.name"');

export const sayNode = z.strictObject({
  say: z
    .union([z.literal(true), z.array(name).min(1)])
    .describe('true: the text under the node’s name; a list: these texts, a message each'),
  attach: place
    .optional()
    .describe('Where a file or a place on the map is kept that goes with the last text, if there is one'),
  above: z.boolean().optional().describe('Stands above the next text, in the same message'),
  silence: z
    .literal(true)
    .optional()
    .describe('Says that no messages come any more: only right behind an action that has just seen to it'),
  next: to,
});

export const askKinds = [
  'yesno',
  'choice',
  'choices',
  'integer',
  'money',
  'months',
  'name',
  'kelurahan',
  'text',
  'code',
  'nik',
  'nib',
  'photo',
] as const;

export const askNode = z.strictObject({
  ask: z.enum(askKinds).describe('What kind of answer is awaited'),
  save: place.optional().describe('Where the answer is kept, such as person.name'),
  step: z.int().min(1).max(5).optional().describe('The number of this question, where the flow counts its questions'),
  options: name.optional().describe('The list to choose from; "answered": the questions answered so far'),
  from: place.optional().describe('Where a list is kept that an action has made, to choose from'),
  or: name.optional().describe('A list of words accepted beside the awaited kind, such as "lawas" for a number'),
  min: z.int().optional(),
  max: z.int().optional().describe('The largest number; the most characters of a text; the digits of a code'),
  unit: name.optional().describe('What a number counts; said as units.<unit> of the shared texts'),
  since: z.boolean().optional().describe('A calendar year is taken as "since then" and turned into years'),
  skip: z.boolean().optional().describe('May be passed over'),
  photo: z
    .strictObject({ save: place, next: to })
    .optional()
    .describe('A photo is an answer, too: where it is kept, and the node that comes then'),
  guard: z.boolean().optional().describe('A bare code that is sent here is somebody’s secret: it is not kept'),
  consent: z
    .boolean()
    .optional()
    .describe(
      'A yes gives leave: only a clear yes counts, and after a pause it is shown again before an answer counts',
    ),
  readback: z
    .boolean()
    .optional()
    .describe('A yes confirms what is read back or destroys something: taken with the same care as a consent'),
  deed: z
    .boolean()
    .optional()
    .describe('An option says that something is done: a mere "yes" or "go on" is none of them'),
  next: to.optional(),
  yes: to.optional(),
  no: to.optional(),
  on: z.record(name, to).optional().describe('Where an option leads; options that are not named go to next'),
  questions: z.boolean().optional().describe('A question that names an option is a choice of it ("kur itu apa?")'),
  between: z
    .boolean()
    .optional()
    .describe('Asks which of two questions an answer was for; used once, in the flow "which"'),
  more: to.optional().describe('The node that explains, when the person asks to know more'),
  goto: z.literal('chosen').optional().describe('Go to the node or flow that the chosen option names'),
  then: to.optional().describe('With goto: where to go on when the chosen question is answered'),
});

export const doNode = z.strictObject({
  do: z
    .string()
    .regex(/^[a-z_]+\.[a-z_]+$/)
    .describe('The action, such as registration.save'),
  with: z.record(name, z.string()).optional().describe('What the action is told beside the answers'),
  outcomes: z.record(name, to).describe('Where each outcome leads'),
});

export const caseNode = z.strictObject({ case: name.describe('The kind of case to open for staff'), next: to });

export const gotoNode = z.strictObject({
  goto: name.describe('The flow to go to'),
  then: to.optional().describe('Come back to this node when it has ended'),
});

export const endNode = z.strictObject({
  end: z
    .union([z.literal(true), z.enum(['drop', 'hold', 'forget'])])
    .describe(
      'true: what was interrupted goes on; drop: it is given up; hold: it waits in silence; forget: all that was begun is given up, and its answers are not kept',
    ),
});

/** Which key tells the kind. `ask` stands before `goto`, which is also a key of an ask node. */
const kinds = { say: sayNode, ask: askNode, do: doNode, case: caseNode, end: endNode, goto: gotoNode } as const;
type NodeKind = keyof typeof kinds;

/** Any kind of node, for the JSON Schema that editors use. */
export const anyNode = z.union([sayNode, askNode, doNode, caseNode, endNode, gotoNode]);

/** A node read by the kind that its key tells, so that a mistake is told for that kind and not for all of them. */
export const nodeSchema = z.record(z.string(), z.unknown()).transform((node, context): FlowNode => {
  const kind = kindOf(node);
  if (!kind) {
    context.addIssue(
      `a node needs one of the keys ${Object.keys(kinds).join(', ')}; this one has ${Object.keys(node).join(', ') || 'none'}`,
    );
    return z.NEVER;
  }
  const result = kinds[kind].safeParse(node);
  if (result.success) return result.data;
  for (const { path, message } of result.error.issues)
    context.addIssue({ code: 'custom', path, message: `${message}. Mend this key of the ${kind} node` });
  return z.NEVER;
});

export type SayNode = z.infer<typeof sayNode>;
export type AskNode = z.infer<typeof askNode>;
export type DoNode = z.infer<typeof doNode>;
export type CaseNode = z.infer<typeof caseNode>;
export type GotoNode = z.infer<typeof gotoNode>;
export type EndNode = z.infer<typeof endNode>;
export type FlowNode = z.infer<typeof anyNode>;

/** Whether a yes here gives leave, confirms or destroys: it is never guessed, and never taken for an old question. */
export const isWeighty = ({ consent, readback }: AskNode): boolean => consent === true || readback === true;

/** The kind of a node, or undefined when no key tells it. */
const kindOf = (node: object): NodeKind | undefined => (Object.keys(kinds) as NodeKind[]).find((kind) => kind in node);

/** Every node that a node can lead to within its flow. */
export function targetsOf(node: FlowNode): string[] {
  if ('say' in node || 'case' in node) return [node.next];
  if ('ask' in node)
    return [
      node.next,
      node.yes,
      node.no,
      node.more,
      node.then,
      node.photo?.next,
      ...Object.values(node.on ?? {}),
    ].filter((target) => target !== undefined);
  if ('do' in node) return Object.values(node.outcomes);
  if ('goto' in node) return node.then === undefined ? [] : [node.then];
  return [];
}

/** Every text that a node may say, by its key behind the name of the flow: "name.ask", "welcome". */
export function textsOf(name: string, node: FlowNode): string[] {
  if ('say' in node) return node.say === true ? [name] : [...node.say];
  if (!('ask' in node)) return [];
  return ['ask', 'example', 'simple', ...(node.save === undefined ? [] : ['echo'])].map((form) => `${name}.${form}`);
}
