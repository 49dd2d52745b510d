/** What the pages of the inbox are given. */
import { z } from 'zod';
import { accountId, caseId, instant, optional } from '../shell/fields.ts';

const id = caseId;

const filter = {
  siapa: optional(z.union([z.enum(['saya', 'kosong']), accountId])),
  jenis: optional(z.string().regex(/^[a-z_]{1,40}$/)),
  keadaan: optional(z.enum(['terbuka', 'selesai', 'terlambat'])),
};
export const filterSchema = z.strictObject({ ...filter, sebelum: optional(instant) });
export const searchSchema = z.strictObject({ ...filter, q: z.string().trim().max(60).default('') });
export type InboxFilter = z.infer<typeof filterSchema>;

export const caseSchema = z.strictObject({ id });
export const talkSchema = z.strictObject({ id, sebelum: optional(instant) });

export const saySchema = z.strictObject({
  id,
  text: z.string().trim().max(4_000).default(''),
  /** The same for a form that is sent twice. */
  key: z.string().regex(/^[\w-]{8,64}$/),
  /** The newest message that was on the screen. */
  seen: instant,
  /** "1": although somebody else has answered, or speaks in this chat. */
  anyway: optional(z.literal('1')),
});
export const keySchema = z.strictObject({ id, key: saySchema.shape.key });
export const assignSchema = z.strictObject({ id, siapa: z.union([z.literal(''), accountId]) });
export const closeSchema = z.strictObject({
  id,
  alasan: z.string().trim().min(1).max(200),
  lain: optional(z.string().trim().max(200)),
});
export const fileSchema = z.strictObject({ id, file: z.string().regex(/^[0-9a-f]{32}$/) });
export const cannedSchema = z.strictObject({
  judul: z.string().trim().min(2).max(60),
  text: z.string().trim().min(2).max(1_000),
  /** "1": although it is hard to read. */
  tetap: optional(z.literal('1')),
});
export const cannedIdSchema = z.strictObject({ balasan: z.string().regex(/^[0-9a-f-]{13}$/) });
