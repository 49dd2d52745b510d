/** What a new password and a new login must be, told in words where they are not. */
import { z } from 'zod';
import type { Translate } from '../shell/words.ts';
import { PASSWORD_LONGEST, PASSWORD_SHORTEST } from './accounts.ts';

export const loginSchema = (t: Translate) =>
  z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9][a-z0-9.-]{2,39}$/, t('access.loginRule'));

export const newPasswordSchema = (t: Translate) =>
  z
    .string()
    .min(PASSWORD_SHORTEST, t('access.passwordShort', { n: PASSWORD_SHORTEST }))
    .max(PASSWORD_LONGEST, t('access.passwordLong', { n: PASSWORD_LONGEST }));

/** Typed twice, since it is not seen. */
const same = (t: Translate) =>
  [
    (input: { password: string; again: string }) => input.password === input.again,
    t('access.passwordsDiffer'),
  ] as const;

export const passwordSchema = (t: Translate) =>
  z.strictObject({ _csrf: z.string(), password: newPasswordSchema(t), again: z.string() }).refine(...same(t));

export const personName = (t: Translate) =>
  z.string().trim().min(2, t('access.nameRule')).max(60, t('access.nameRule'));

export const firstSchema = (t: Translate) =>
  z
    .strictObject({
      ...{ _csrf: z.string(), login: loginSchema(t), name: personName(t) },
      ...{ password: newPasswordSchema(t), again: z.string() },
    })
    .refine(...same(t));
