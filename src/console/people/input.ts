/** What the pages of persons and groups are given. */
import { z } from 'zod';
import { areaCode, optional, personId, several, word } from '../shell/fields.ts';

export const standings = ['declared', 'matched', 'verified', 'rejected'] as const;

const filter = {
  kerajinan: optional(word),
  kelurahan: optional(areaCode),
  status: optional(z.enum(standings)),
};
export const listSchema = z.strictObject({ ...filter, sesudah: optional(personId) });
export const searchSchema = z.strictObject({ ...filter, q: z.string().trim().max(60).default('') });
export type ListInput = z.infer<typeof listSchema>;
export const exportSchema = z.strictObject({ ...filter, bentuk: z.enum(['xlsx', 'csv']) });
export const personSchema = z.strictObject({ id: personId });
export const verifySchema = z.strictObject({
  id: personId,
  status: z.enum(standings),
  atas: z.string().trim().min(3, 'Tulis apa yang diperiksa').max(200),
});
export const editSchema = z.strictObject({
  id: personId,
  nama: z.string().trim().min(2).max(80),
  kerajinan: several(word),
  kelurahan: areaCode,
  tahun: optional(z.coerce.number().int().min(0).max(90)),
  alasan: z.string().trim().min(3, 'Tulis alasannya').max(200),
});
export const mergeSchema = z.strictObject({
  id: personId,
  nomor: z
    .string()
    .trim()
    .regex(/^\d{3}\s?\d{3}$/, 'Nomor kartu enam angka'),
  alasan: z.string().trim().min(3, 'Tulis alasannya').max(200),
  yakin: optional(z.literal('1')),
});
export const unmergeSchema = z.strictObject({
  id: personId,
  gabungan: z.string().regex(/^[0-9a-f]{24}$/),
  alasan: z.string().trim().min(3).max(200),
});
export const groupsSchema = z.strictObject({ kelurahan: optional(areaCode) });
export const groupSchema = z.strictObject({ id: personId });
export const groupEditSchema = z.strictObject({ id: personId, nama: z.string().trim().min(2).max(80) });
export const memberSchema = z.strictObject({ id: personId, nomor: mergeSchema.shape.nomor });
export const memberActSchema = z.strictObject({ id: personId, orang: personId });
