/** `flows/shared/faq.yaml`: what people ask and what is answered, each with its source and how certain it is. */
import { z } from 'zod';
import { loadYaml } from './yaml-file.ts';

const faqSchema = z.strictObject({
  entries: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z][a-z0-9_]*$/, 'an id is lower-case letters, digits and _'),
        programme: z.string().min(1),
        certainty: z.enum(['high', 'medium', 'low']).describe('low: the answer names no number and sends to a person'),
        source: z.string().min(1).describe('Where the fact stands'),
        ask: z.array(z.string().min(3)).min(1).describe('Ways to ask, Indonesian and Banjarese'),
        answer: z.string().min(1),
      }),
    )
    .min(1)
    .refine((entries) => new Set(entries.map(({ id }) => id)).size === entries.length, 'two entries have one id'),
});
export type FaqFile = z.infer<typeof faqSchema>;

/** @throws StartError naming file, line and what is wrong. */
export const loadFaq = (folder: string): FaqFile['entries'] =>
  loadYaml(`${folder}/shared/faq.yaml`, faqSchema).data.entries;
