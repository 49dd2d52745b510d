/** A scenario file: a conversation that staff can read. What the person sends, what comes back, what is stored. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parse, parseDocument, Scalar, visit, type Document, type Node } from 'yaml';
import { z } from 'zod';
import { mediaKinds } from '../../src/channels/channel.ts';
import { applicationStates } from '../../src/programmes/applications/model.ts';
import { eventFileSchema } from '../../src/programmes/events/event-file.ts';

const sendSchema = z.union([
  z.string(),
  z.strictObject({ tap: z.string() }),
  z.strictObject({ kind: z.enum(mediaKinds) }),
  /** A photo with something on it, by the name of what it shows. */
  z.strictObject({ photo: z.string() }),
  /** A text of so many characters, too long to stand here. */
  z.strictObject({ forwarded: z.string(), times: z.int().min(1) }),
]);

export const scenarioSchema = z.strictObject({
  title: z.string(),
  at: z.string().default('2026-11-25T09:00:00+08:00'),
  /** What other people did before: whole scenarios, by file name without ".yaml". */
  after: z.array(z.string()).default([]),
  /** What this person did before: a whole scenario, such as "registration/01-jalan-lurus". */
  first: z.string().optional(),
  /** Events that the office has made before. With them, what is due is sent while time passes. */
  events: z.array(eventFileSchema).default([]),
  turns: z.array(
    z.strictObject({
      /** Time that passes first, such as "1 hour" or "31 days". */
      wait: z
        .string()
        .regex(/^\d+ (minute|hour|day)s?$/)
        .optional(),
      /** What the office does meanwhile. */
      office: z
        .union([
          z.strictObject({ move: z.string(), shift: z.string(), place: z.string().optional() }),
          z.strictObject({ cancel: z.string(), reason: z.string() }),
          z.strictObject({ choose: z.string(), reason: z.string().optional() }),
          z.strictObject({ attended: z.string() }),
          /** Somebody else takes part, or gives the place back; invented by name. */
          z.strictObject({ others: z.string(), count: z.int().min(1) }),
          z.strictObject({ withdraw: z.string() }),
          /** An officer decides the open application of a programme. */
          z.strictObject({
            decide: z.string(),
            state: z.enum(applicationStates),
            why: z.string().default(''),
            filled: z.record(z.string(), z.string()).optional(),
          }),
          /** Staff open or pause a programme. */
          z.strictObject({
            programme: z.string(),
            state: z.enum(['open', 'paused', 'closed', 'unknown']),
            reason: z.string(),
          }),
          /** A value that the office owns is published. */
          z.strictObject({ publish: z.string(), value: z.union([z.string(), z.number(), z.boolean()]) }),
          /** The office's register verifies the person. */
          z.strictObject({ standing: z.enum(['declared', 'matched', 'verified', 'rejected']) }),
        ])
        .optional(),
      /** What arrives by itself before the person writes. */
      arrives: z.array(z.string()).default([]),
      send: sendSchema.optional(),
      back: z.array(z.string()).default([]),
    }),
  ),
  /** What is due is sent while time passes, also where there are no events. */
  speaks: z.boolean().default(false),
  stored: z
    .strictObject({
      persons: z.array(z.record(z.string(), z.unknown())).default([]),
      groups: z.array(z.record(z.string(), z.unknown())).default([]),
      consents: z.array(z.record(z.string(), z.unknown())).default([]),
      erasures: z.array(z.record(z.string(), z.unknown())).default([]),
      enrolments: z.array(z.record(z.string(), z.unknown())).default([]),
      applications: z.array(z.record(z.string(), z.unknown())).default([]),
      appointments: z.array(z.record(z.string(), z.unknown())).default([]),
      deliveries: z.array(z.string()).default([]),
      cases: z.array(z.string()).default([]),
    })
    .default({
      persons: [],
      groups: [],
      consents: [],
      erasures: [],
      enrolments: [],
      applications: [],
      appointments: [],
      deliveries: [],
      cases: [],
    }),
});
export type Scenario = z.infer<typeof scenarioSchema>;
export type Stored = Scenario['stored'];

/** What a phone heard around one turn: what came by itself, and what was answered. */
export interface Heard {
  arrives: string[];
  back: string[];
}

/** Every scenario file of every programme. */
export const scenarioFiles = (): string[] =>
  readdirSync('flows', { recursive: true, encoding: 'utf8' })
    .filter((name) => /^[a-z_]+\/scenarios\/[^/]+\.yaml$/.test(name))
    .sort()
    .map((name) => `flows/${name}`);

export const readScenario = (file: string): Scenario => scenarioSchema.parse(parse(readFileSync(file, 'utf8')));

/** Writes what really came back and was stored into the file; comments and the person's own lines stay. */
export function rewriteScenario(file: string, heard: readonly Heard[], stored: Stored): void {
  const document: Document = parseDocument(readFileSync(file, 'utf8'));
  heard.forEach(({ arrives, back }, index) => {
    for (const [name, texts] of Object.entries({ arrives, back }))
      if (texts.length > 0 || (name === 'back' && document.hasIn(['turns', index, 'send'])))
        document.setIn(['turns', index, name], document.createNode(texts));
      else document.deleteIn(['turns', index, name]);
  });
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
