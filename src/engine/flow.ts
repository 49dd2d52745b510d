/** A flow: its file's schema (the one source, also of `flows/flow.schema.json`) and its compiled form. */
import { z } from 'zod';
import type { Area, Command, Option } from '../understanding/index.ts';
import type { TextRef } from './effect.ts';
import type { Answers } from './session.ts';
import { anyNode, nodeSchema, type FlowNode } from './nodes/schema.ts';

const word = z.string().regex(/^[a-z][a-z0-9_]*$/, 'a name is lower-case letters, digits and _');

const flowFileOf = <Node extends z.ZodType>(node: Node) =>
  z.strictObject({
    flow: word.describe('The name of the flow, unique over all programmes'),
    start: word.describe('The node that the flow begins with'),
    steps: z.int().min(1).max(5).optional().describe('How many questions the flow counts ("2 dari 5"); at most 5'),
    options: z
      .record(word, z.array(word).min(1))
      .optional()
      .describe('Lists to choose from; labels and synonyms stand in the locale under options.<list>.<id>'),
    nodes: z.record(word, node).describe('The nodes, by name'),
  });

export const flowFileSchema = flowFileOf(nodeSchema);

/** The JSON Schema of a flow file, for editors; made from the same schemas of the node kinds. */
export const flowJsonSchema = (): object => z.toJSONSchema(flowFileOf(anyNode));
export type FlowFile = z.infer<typeof flowFileSchema>;

/** A flow as the engine walks it: the file, its programme and version, and the words that people use for its options. */
export interface Flow {
  id: string;
  programme: string;
  /** Hash of the file's content. */
  version: string;
  start: string;
  steps?: number;
  nodes: Readonly<Record<string, FlowNode>>;
  /** Option lists with the words of every language. */
  options: Readonly<Record<string, readonly FlowOption[]>>;
  /** Questions that can be corrected by name: node -> the words for its field ("nama", "kelurahan"). */
  fields: Readonly<Record<string, FlowOption>>;
  /** What it knows from the start. */
  answers?: Answers;
}

/** An option with its words in every language, and the key of its label. */
export interface FlowOption extends Option {
  label: TextRef;
}

/** What a programme's action may answer, and whether it changes anything (then *kembali* cannot go behind it). */
export interface ActionSpec {
  outcomes: readonly string[];
  changes: boolean;
  /** Whatever its outcome, no messages go out to this contact any more but replies and what is owed. */
  silences?: true;
}

/**
 * The engine's own options, whose ids no list of a flow may use. `more` explains, `human` and `again` are the way out of
 * a question that was not understood, `other` is the next page of a long list.
 */
export const engineOptions = ['yes', 'no', 'more', 'skip', 'human', 'again', 'other'] as const;
export type EngineOption = (typeof engineOptions)[number];
export type EngineWords = Readonly<Record<EngineOption, FlowOption>>;

/** An option that a list may hold and that shows only while something interrupted lies below: it goes on with that. */
export const RESUME = 'resume';

/** All that the engine may look up while it walks. Immutable during a turn. */
export interface Library {
  /** The newest version of a flow. */
  flow(id: string): Flow | undefined;
  /** That very version, for sessions that began with it. */
  version(id: string, version: string): Flow | undefined;
  action(name: string): ActionSpec | undefined;
  /** Which flow a global word starts: `menu` -> "menu". */
  commands: Readonly<Partial<Record<Command, string>>>;
  words: EngineWords;
  areas: readonly Area[];
  /** The answer to a free question; undefined when none is sure enough. */
  answerTo(text: string): TextRef | undefined;
}
