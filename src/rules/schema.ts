/**
 * Rules as data (domain.md §11): versions by date, each with its source, the day on which that was checked, and how certain
 * it is. Money is whole rupiah, a rate is decimal text ("0.06"), a date is the office's own day and included.
 */
import { z } from 'zod';

const name = z.string().regex(/^[a-z][a-z0-9_]*$/, 'a name is lower-case letters, digits and _');
const date = z.iso.date('a date is written as "2026-11-25"');
const DAY = 86_400_000;

/** A binary float is refused: 0.1 + 0.2 is not 0.3 in it. */
const scalarOr = <Empty>(empties: readonly unknown[]) =>
  z.unknown().superRefine((given, context) => {
    if (empties.includes(given)) return;
    if (typeof given === 'number' && !Number.isSafeInteger(given))
      context.addIssue('is a binary float; write money as whole rupiah and a rate as text, such as "0.06"');
    else if (typeof given === 'object' || typeof given === 'undefined')
      context.addIssue('a text, a whole number, true or false is expected');
  }) as z.ZodType<Scalar | Empty>;

/** Text, a whole number, yes or no. */
const scalar = scalarOr<never>([]);

export type Scalar = string | number | boolean;

export const certainties = ['high', 'medium', 'low'] as const;

const sourceSchema = z.strictObject({
  title: z.string().min(1, 'a rule needs a source').describe('Where it stands'),
  checked: date.describe('The day on which somebody looked there'),
  certainty: z
    .enum(certainties)
    .describe('low: no number of it is told, it never says no and names no step; an officer confirms'),
  staleAfterDays: z.int().min(1).default(90).describe('After so many days somebody should look again'),
});

/** What the office is asked where a value is not known. */
const askSchema = z.strictObject({
  kind: z.enum(['money', 'rate', 'number', 'text', 'yesno']),
  label: z.string().min(1).describe('What is asked, for staff'),
  blocks: z.string().min(1).describe('What waits for it, for staff'),
  sample: z
    .boolean()
    .default(false)
    .describe('The value in the file is an example; where people are served it is unknown'),
});

const limit = z.union([z.int(), name]).describe('A whole number, or the name of a value');

const leafSchema = z
  .strictObject({
    id: name.describe('Names the reason; its texts stand under reasons.<id>'),
    fact: name,
    is: z.union([scalar, z.array(scalar).min(1)]).optional(),
    atLeast: limit.optional(),
    atMost: limit.optional(),
    above: limit.optional(),
    unsure: z
      .enum(['yes', 'no'])
      .optional()
      .describe('This outcome is not settled in the source; it counts as unknown'),
    become: z
      .strictObject({ to: scalar.describe('What the fact becomes; for a number also the name of a value'), step: name })
      .optional()
      .describe('The step by which a person can make it hold'),
  })
  .refine(
    ({ is, atLeast, atMost, above }) => [is, atLeast, atMost, above].filter((one) => one !== undefined).length === 1,
    'a condition has exactly one of: is, atLeast, atMost, above',
  );
export type Leaf = z.infer<typeof leafSchema>;

export type Requirement = { all: Requirement[] } | { any: Requirement[] } | Leaf;

export const requirementSchema: z.ZodType<Requirement> = z.lazy(() =>
  z.record(z.string(), z.unknown()).transform((given, context): Requirement => {
    const schema =
      'all' in given
        ? z.strictObject({ all: z.array(requirementSchema).min(1) })
        : 'any' in given
          ? z.strictObject({ any: z.array(requirementSchema).min(1) })
          : leafSchema;
    const result = schema.safeParse(given);
    if (result.success) return result.data;
    for (const { path, message } of result.error.issues) context.addIssue({ code: 'custom', path, message });
    return z.NEVER;
  }),
);

const versionSchema = z.strictObject({
  from: date.nullable().describe('The first day; null in the first version where nobody has given one'),
  to: date.nullable().default(null).describe('The last day; null while it holds'),
  source: sourceSchema,
  values: z
    .record(name, scalarOr<null>([null]))
    .default({})
    .describe('null: not known'),
  asks: z.record(name, askSchema).default({}).describe('What the office is asked where a value is null'),
  requires: requirementSchema.optional(),
});
export type Version = z.infer<typeof versionSchema>;

export const ruleSchema = z
  .strictObject({ rule: name, versions: z.array(versionSchema).min(1) })
  .superRefine(({ versions }, context) => {
    versions.forEach((version, index) => {
      const at = (key: string, message: string) =>
        context.addIssue({ code: 'custom', path: ['versions', index, key], message });
      const before = versions[index - 1];
      if (version.to !== null && version.from !== null && version.to < version.from) at('to', 'ends before it begins');
      if (before) joins(before.to, version.from, (message) => at('from', message));
      for (const [key, value] of Object.entries(version.values))
        if (value === null && !version.asks[key])
          at('values', `"${key}" is not known: say under "asks" what the office is asked`);
      for (const key of Object.keys(version.asks))
        if (!(key in version.values)) at('asks', `"${key}" is asked but stands nowhere under "values"`);
      for (const problem of leavesOf(version.requires).flatMap((leaf) => strayLimits(leaf, version)))
        at('requires', problem);
    });
  });
export type Rule = z.infer<typeof ruleSchema>;

/** A version begins on the day after the one before it. */
function joins(end: string | null, from: string | null, tell: (message: string) => void): void {
  if (from === null) return tell('is not known; only the first version may begin on a day that nobody has given');
  if (end === null || from <= end) return tell('overlaps the version before; end that on the day before this one');
  if (Date.parse(from) - Date.parse(end) > DAY) tell('leaves a gap after the version before; no rule would hold in it');
}

const strayLimits = ({ id, atLeast, atMost, above }: Leaf, { values }: Version): string[] =>
  [atLeast, atMost, above].flatMap((given) =>
    typeof given === 'string' && !(given in values)
      ? [`"${id}" compares with "${given}", which stands nowhere under "values"`]
      : [],
  );

/** Every condition of a requirement, in the order of the file. */
export function leavesOf(requirement: Requirement | undefined): Leaf[] {
  if (!requirement) return [];
  if ('all' in requirement) return requirement.all.flatMap(leavesOf);
  return 'any' in requirement ? requirement.any.flatMap(leavesOf) : [requirement];
}

/** What rules may ask of a person, and the steps by which a person can change it: `flows/shared/facts.yaml`. */
export const factsFileSchema = z.strictObject({
  facts: z.record(
    name,
    z.union([
      z.strictObject({ kind: z.enum(['yesno', 'number']) }),
      z.strictObject({ kind: z.literal('choice'), values: z.array(z.string()).min(2) }),
    ]),
  ),
  steps: z.record(name, z.strictObject({ flow: name })).describe('In the order in which they are best taken'),
});
export type FactsFile = z.infer<typeof factsFileSchema>;

/** What of a rule does not fit the facts and steps that there are. Messages name the condition. */
export function strangeIn(rule: Rule, { facts, steps }: FactsFile): { path: PropertyKey[]; message: string }[] {
  return rule.versions.flatMap((version, index) =>
    leavesOf(version.requires).flatMap((leaf) => {
      const tell = (message: string) => [{ path: ['versions', index, 'requires'], message: `"${leaf.id}" ${message}` }];
      const fact = facts[leaf.fact];
      if (!fact) return tell(`asks for the fact "${leaf.fact}", which flows/shared/facts.yaml does not know`);
      if (leaf.become && !steps[leaf.become.step])
        return tell(`names the step "${leaf.become.step}", which flows/shared/facts.yaml does not know`);
      const fits = (value: Scalar): boolean =>
        fact.kind === 'yesno'
          ? typeof value === 'boolean'
          : fact.kind === 'choice'
            ? fact.values.includes(String(value))
            : false;
      if (fact.kind === 'number')
        return leaf.is === undefined ? [] : tell('compares a number with "is"; use atLeast, atMost or above');
      const given = [leaf.is ?? [], leaf.become?.to ?? []].flat();
      return leaf.is === undefined || !given.every(fits)
        ? tell(`compares "${leaf.fact}" with something it can never be`)
        : [];
    }),
  );
}
