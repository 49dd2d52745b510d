/** A scenario file: a conversation that staff can read. What the person sends, what comes back, what is stored. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parse, parseDocument, Scalar, visit, type Document, type Node } from 'yaml';
import { z } from 'zod';
import { mediaKinds } from '../../src/channels/channel.ts';

const sendSchema = z.union([
  z.string(),
  z.strictObject({ tap: z.string() }),
  z.strictObject({ kind: z.enum(mediaKinds) }),
  /** A text of so many characters, too long to stand here. */
  z.strictObject({ forwarded: z.string(), times: z.int().min(1) }),
]);

export const scenarioSchema = z.strictObject({
  title: z.string(),
  at: z.string().default('2026-11-25T09:00:00+08:00'),
  /** What other people did before: whole scenarios, by file name without ".yaml". */
  after: z.array(z.string()).default([]),
  turns: z.array(
    z.strictObject({
      /** Time that passes first, such as "1 hour" or "31 days". */
      wait: z
        .string()
        .regex(/^\d+ (minute|hour|day)s?$/)
        .optional(),
      send: sendSchema,
      back: z.array(z.string()).default([]),
    }),
  ),
  stored: z
    .strictObject({
      persons: z.array(z.record(z.string(), z.unknown())).default([]),
      groups: z.array(z.record(z.string(), z.unknown())).default([]),
      consents: z.array(z.record(z.string(), z.unknown())).default([]),
      erasures: z.array(z.record(z.string(), z.unknown())).default([]),
      cases: z.array(z.string()).default([]),
    })
    .default({ persons: [], groups: [], consents: [], erasures: [], cases: [] }),
});
export type Scenario = z.infer<typeof scenarioSchema>;
export type Stored = Scenario['stored'];

/** Every scenario file of every programme. */
export const scenarioFiles = (): string[] =>
  readdirSync('flows', { recursive: true, encoding: 'utf8' })
    .filter((name) => /^[a-z_]+\/scenarios\/[^/]+\.yaml$/.test(name))
    .sort()
    .map((name) => `flows/${name}`);

export const readScenario = (file: string): Scenario => scenarioSchema.parse(parse(readFileSync(file, 'utf8')));

/** Writes what really came back and was stored into the file; comments and the person's own lines stay. */
export function rewriteScenario(file: string, backs: readonly (readonly string[])[], stored: Stored): void {
  const document: Document = parseDocument(readFileSync(file, 'utf8'));
  backs.forEach((back, index) => document.setIn(['turns', index, 'back'], document.createNode(back)));
  visit(document.get('turns') as Node, {
    // Long and many-lined texts read best as they stand on the phone, one below the other.
    Collection: (_, collection) => void (collection.flow = collection.items.length === 0),
    Scalar: (key, scalar) => {
      if (key !== 'key' && typeof scalar.value === 'string' && scalar.value.includes('\n'))
        scalar.type = Scalar.BLOCK_LITERAL;
    },
  });
  const kept = Object.fromEntries(Object.entries(stored).filter(([, list]) => list.length > 0));
  if (Object.keys(kept).length > 0) document.set('stored', document.createNode(kept));
  else document.delete('stored');
  writeFileSync(file, document.toString({ lineWidth: 0 }));
}

const units = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/** "31 days" in milliseconds. */
export function duration(words: string): number {
  const [count = '0', unit = 'day'] = words.split(' ');
  return Number(count) * units[unit.replace(/s$/, '') as keyof typeof units];
}
