/** `programme.yaml`: what a programme is called, whether it runs, what people call it, where it stands in the menu. */
import { z } from 'zod';
import { requirementSchema, ruleSchema, type Rule } from '../rules/index.ts';
import { intents } from '../understanding/index.ts';

const word = z.string().regex(/^[a-z][a-z0-9_]*$/, 'a name is lower-case letters, digits and _');

const scalar = z.union([z.string(), z.int(), z.boolean()]);

/** Working days that an application may take. */
export const MOST_DAYS = 60;

/** What a person can ask for in a programme, and how the office works on it. */
export const applicationSchema = z.strictObject({
  days: z
    .int()
    .min(1)
    .max(MOST_DAYS)
    .describe('An example of the working days in which an officer decides; the office publishes its own'),
  rules: z.array(word).default([]).describe('Rules whose answers an application keeps, with their versions'),
  papers: z.array(word).default([]).describe('Papers that are photographed in the chat; their names under papers.<id>'),
  consent: word.optional().describe('The purpose that the person has agreed to'),
  asks: z
    .record(word, z.strictObject({ kind: z.enum(['nib', 'text']), label: z.string().min(1) }))
    .default({})
    .describe('What an officer fills in when it is approved'),
  approved: z
    .strictObject({ facts: z.record(word, scalar) })
    .optional()
    .describe('What is known of the person once it is approved'),
  priority: z
    .array(z.strictObject({ when: requirementSchema, points: z.int().min(1).max(100) }))
    .default([])
    .describe('Who goes first on the board: the points of all that holds'),
});
export type ApplicationSettings = z.infer<typeof applicationSchema>;

export const programmeFileSchema = z.strictObject({
  programme: word.describe('The id of the programme: the name of its folder and of its texts'),
  state: z.enum(['open', 'paused', 'closed', 'unknown']).describe('Only an open programme stands in the menu'),
  menu: z
    .array(z.strictObject({ flow: word, order: z.number() }))
    .default([])
    .describe('Flows offered in the main menu; label and synonyms stand in the texts under menu.<flow>'),
  keywords: z
    .record(word, z.array(z.string().min(1)).min(1))
    .default({})
    .describe('Words that start a flow when nothing else is in progress'),
  exact: z
    .record(word, z.array(z.string().min(1)).min(1))
    .default({})
    .describe('Words that start a flow only when nothing else is said with them'),
  always: z
    .array(word)
    .default([])
    .describe('Flows that go on while the programme does not run: to look at, correct, give back or take back'),
  commands: z.record(z.string(), word).default({}).describe('Which flow a global word starts; in shared only'),
  intents: z
    .partialRecord(z.enum(intents), word)
    .default({})
    .describe('Which flow a wish in a sentence starts; in shared only'),
  spoken: z
    .array(word)
    .default([])
    .describe('Flows that begin when we speak first, or when the engine has to ask which of two questions was meant'),
  rules: z.array(ruleSchema).default([]).describe('What a person must meet, by date, each with its source'),
  application: applicationSchema.optional(),
  home: z
    .strictObject({ first: word, later: word, identify: word, newcomer: word, picture: word })
    .optional()
    .describe(
      'The flow for the first message of all, for later ones, after a long silence, and from a number that was somebody else’s; in shared only',
    ),
});
export type ProgrammeFile = z.infer<typeof programmeFileSchema>;

/** The rule under which the office says in how many working days it decides. */
export const daysRule = (programme: string): string => `${programme}_days`;

/** Examples stand in the files since then, and nobody at the office has looked at them. */
const EXAMPLES_SINCE = '2026-11-25';

/** All rules of a programme: those of its file, and how long it takes, which is an example until the office has set it. */
export function rulesOf({ programme, rules, application }: ProgrammeFile): readonly Rule[] {
  if (!application) return rules;
  const source = {
    ...{ title: 'Contoh; kantor belum memastikan', checked: EXAMPLES_SINCE, certainty: 'low' as const },
    staleAfterDays: 90,
  };
  const days = {
    ...{ kind: 'number' as const, label: `Hari kerja sampai ada kabar: ${programme}`, sample: true },
    blocks: 'Hari kabar yang dijanjikan di pesan',
  };
  const version = { from: null, to: null, source, values: { days: application.days }, asks: { days } };
  return [...rules, { rule: daysRule(programme), versions: [version] }];
}
