/** What the pages of applications are given. */
import { z } from 'zod';
import { applicationStates } from '../../programmes/applications/model.ts';
import { optional, word } from '../shell/fields.ts';

const id = z.string().regex(/^[a-z0-9-]{1,64}$/, 'bukan nomor pengajuan');

export const boardSchema = z.strictObject({
  program: optional(word),
  /** "1": those that are at their end. */
  selesai: optional(z.literal('1')),
});
export type BoardInput = z.infer<typeof boardSchema>;

export const cardSchema = z.strictObject({ id });

export const paperSchema = z.strictObject({ id, file: z.string().regex(/^[0-9a-f]{32}$/) });

export const decideSchema = z.strictObject({
  id,
  /** The state of the application that the officer has looked at. */
  revisi: z.coerce.number().int().min(0),
  keadaan: z.enum(applicationStates),
  alasan: z.string().trim().max(120).default(''),
  /** What the programme asks an officer for when it is approved. */
  nomor: optional(z.string().trim().max(60)),
  /** "1": although it is hard to read. */
  tetap: optional(z.literal('1')),
});
export type DecideInput = z.infer<typeof decideSchema>;

export const revealSchema = z.strictObject({ id, alasan: z.string().trim().min(5).max(200) });

export const cancelSchema = z.strictObject({ janji: z.string().regex(/^\d{1,15}#\d{1,3}$/, 'bukan janji') });
