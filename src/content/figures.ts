/** `flows/shared/figures.yaml`: every number that a text names by itself, with its value, its source and how certain it is. */
import { z } from 'zod';
import { loadYaml } from './yaml-file.ts';

const figuresSchema = z.strictObject({
  figures: z
    .array(
      z.strictObject({
        says: z.array(z.string().min(1)).min(1).describe('As it stands in a text, in lower case'),
        value: z.int(),
        unit: z.string().min(1).describe('What the value counts'),
        rule: z
          .string()
          .regex(/^[a-z_]+\.[a-z_]+$/)
          .optional()
          .describe('The value of a rule that it repeats; they must agree'),
        source: z.string().min(1).describe('Where the fact stands; "ours" where it is our own choice or an example'),
        certainty: z.enum(['high', 'medium']).describe('What is less certain is not told as a number'),
        at: z.array(z.string().min(1)).min(1).describe('Keys of texts; all beneath a key are meant too'),
      }),
    )
    .min(1),
});
export type Figure = z.infer<typeof figuresSchema>['figures'][number];

/** @throws StartError naming file and line. */
export const loadFigures = (folder: string): readonly Figure[] =>
  loadYaml(`${folder}/shared/figures.yaml`, figuresSchema).data.figures;
