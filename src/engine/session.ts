/** What the engine knows of a conversation between two turns. Plain data: it is stored, read back and walked on. */
import { z } from 'zod';

/** An answer as data. How it is said in words is the renderer's work, since it depends on the language. */
export const answerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: z.string() }),
  /** Written by staff, and shown as it is: with its lines and its bold words. */
  z.strictObject({ kind: z.literal('written'), text: z.string() }),
  /** What may be chosen just now, at most as many as a message shows; where the choice depends on data. */
  z.strictObject({ kind: z.literal('list'), items: z.array(z.strictObject({ id: z.string(), label: z.string() })) }),
  /** Chosen from such a list. */
  z.strictObject({ kind: z.literal('picked'), id: z.string(), label: z.string() }),
  /** A stored file that goes with a text. */
  z.strictObject({ kind: z.literal('file'), id: z.string(), type: z.string(), name: z.string() }),
  /** A place on the map, in degrees. */
  z.strictObject({ kind: z.literal('pin'), latitude: z.number(), longitude: z.number(), name: z.string() }),
  /** `unit` names what is counted, such as "years". */
  z.strictObject({ kind: z.literal('number'), number: z.number(), unit: z.string().optional() }),
  z.strictObject({ kind: z.literal('yes'), yes: z.boolean() }),
  /** Whole rupiah. */
  z.strictObject({ kind: z.literal('money'), rupiah: z.int() }),
  /** A number of a card: sealed, with the last four digits, which may be shown. */
  z.strictObject({ kind: z.literal('secret'), sealed: z.string(), last4: z.string() }),
  /** Chosen options. `list` names the list of the flow that the ids belong to. */
  z.strictObject({ kind: z.literal('options'), list: z.string(), ids: z.array(z.string()) }),
  /** A kelurahan, by its official code. */
  z.strictObject({ kind: z.literal('area'), code: z.string() }),
  /** Asked and passed over on purpose. */
  z.strictObject({ kind: z.literal('skipped') }),
]);
export type Answer = z.infer<typeof answerSchema>;
export type Answers = Readonly<Record<string, Answer>>;

/** Which wording of a question was sent last. `stuck` offers a person; see DESIGN.md, conversation rule 5. */
export const formSchema = z.enum(['ask', 'example', 'simple', 'stuck']);
export type Form = z.infer<typeof formSchema>;

/**
 * One answered question, so that *kembali* can undo it: its node, or, when more than the answer has to be put back, what
 * stood where it saves to, and where a correction was to return.
 */
const stepSchema = z.union([
  z.string(),
  z.strictObject({ node: z.string(), before: answerSchema.optional(), until: z.string().optional() }),
]);

/** One flow in progress. The last frame of a session is the one that talks. */
export const frameSchema = z.strictObject({
  flow: z.string(),
  /** Hash of the flow's content when this frame began; the frame keeps to it. */
  version: z.string(),
  node: z.string(),
  /** What the node waits for. `entry`: the frame below another one, to be entered at `node` when it is on top again. */
  waits: z.enum(['answer', 'result', 'entry']),
  answers: z.record(z.string(), answerSchema),
  trail: z.array(stepSchema),
  form: formSchema,
  /** An answer that may be something else: it was read back, and a yes takes it. `form` is the question's own. */
  doubted: z.strictObject({ answer: answerSchema, form: formSchema }).optional(),
  /** A narrowed list now on the screen (kelurahan of a kecamatan, a further page of options): ids in order. */
  shown: z.array(z.string()).optional(),
  /** The node to return to after a correction; questions already answered are passed over until then. */
  until: z.string().optional(),
  /** Started again from kept answers: questions already answered are passed over. */
  prefilled: z.boolean().optional(),
  /** We spoke first: this flow came in between what was in progress. */
  aside: z.boolean().optional(),
  /** It was told although the person wants no messages, and so is its answer taken. */
  owed: z.boolean().optional(),
  /** When its question was shown last, milliseconds since the epoch. */
  asked: z.number().optional(),
  /** When a flow that counts its questions began, milliseconds since the epoch. */
  begun: z.number().optional(),
});
export type Frame = z.infer<typeof frameSchema>;

export const sessionSchema = z.strictObject({
  v: z.literal(1),
  frames: z.array(frameSchema),
  /** When the newest question was asked, milliseconds since the epoch. */
  askedAt: z.number(),
  /** Answers of forms whose flow could no longer be found, by flow. */
  kept: z.record(z.string(), z.record(z.string(), answerSchema)).optional(),
});
export type Session = z.infer<typeof sessionSchema>;

export const emptySession = (now: number): Session => ({ v: 1, frames: [], askedAt: now });

/** The frame that talks, or undefined when no flow is in progress. */
export const topFrame = (session: Session | null): Frame | undefined => session?.frames.at(-1);
