/** What the pages of accounts are given. */
import { z } from 'zod';
import { loginSchema, newPasswordSchema, personName } from '../access/input.ts';
import { roles } from '../access/roles.ts';
import { accountId, areaCode, optional } from '../shell/fields.ts';
import { translate } from '../shell/words.ts';

const words = translate('id');
const code = optional(areaCode);

export const inviteSchema = z.strictObject({
  nama: personName(words),
  login: loginSchema(words),
  peran: z.enum(roles),
  kelurahan: code,
});
export const roleSchema = z.strictObject({ id: accountId, peran: z.enum(roles), kelurahan: code });
export const one = z.strictObject({ id: accountId });
export const departSchema = z.strictObject({ id: accountId, penerima: z.union([z.literal(''), accountId]) });
export const ownSchema = z.strictObject({ nama: personName(words), bahasa: z.enum(['id', 'en']) });
export const passwordSchema = z.strictObject({
  lama: z.string().max(200),
  baru: newPasswordSchema(words),
  ulang: z.string().max(200),
});
export const leaveSchema = z.strictObject({ sampai: optional(z.iso.date()), pengganti: optional(accountId) });
