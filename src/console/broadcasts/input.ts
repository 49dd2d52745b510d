/** What the pages of broadcasts are given. */
import { z } from 'zod';
import { replies, type Audience } from '../../outreach/broadcasts/model.ts';
import { areaCode, optional, several, word } from '../shell/fields.ts';
import { standings } from '../people/input.ts';

const id = z.string().regex(/^[\w-]{3,60}$/);

export const newSchema = z.strictObject({
  text: z.string().trim().min(3).max(1_000),
  kerajinan: several(word),
  kelurahan: several(areaCode),
  status: several(z.enum(standings)),
  usaha: optional(z.enum(['kelompok', 'sendiri'])),
  acara: optional(id),
  balasan: z.enum(replies).default('none'),
});
export const oneSchema = z.strictObject({ id });
export const startSchema = z.strictObject({ id, waktu: optional(z.string().max(20)) });
export const testSchema = z.strictObject({ id, kepada: z.string().min(3).max(120) });

/** Whom the ticked boxes mean. What is not ticked does not narrow. */
export function audienceOf({ kerajinan, kelurahan, status, usaha, acara }: z.infer<typeof newSchema>): Audience {
  return {
    ...(kerajinan.length > 0 && { crafts: kerajinan }),
    ...(kelurahan.length > 0 && { kelurahan }),
    ...(status.length > 0 && { standing: status }),
    ...(usaha !== undefined && { groups: usaha === 'kelompok' }),
    ...(acara !== undefined && { event: acara }),
  };
}
