/** What fields of forms and addresses hold, checked at the edge: the pieces that the pages' schemas are made of. */
import { z } from 'zod';

/** An empty field of a form is one that was left out. */
export const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((given) => (given === '' ? undefined : given), schema.optional());

/** One box that is ticked comes as a word, several as a list, none not at all. */
export const several = <T extends z.ZodType>(one: T) =>
  z.preprocess((given) => (given === undefined || given === '' ? [] : [given].flat()), z.array(one).max(200));

/** Milliseconds since the epoch. */
export const instant = z.coerce.number().int().min(0);

export const caseId = z.string().regex(/^[0-9a-f]{24}$/, 'bukan nomor kasus');
export const accountId = z.string().regex(/^[0-9a-f-]{13}$/, 'bukan petugas');
export const personId = z.string().regex(/^[a-z0-9-]{1,64}$/i, 'bukan nomor orang');
/** The official code of a kelurahan. */
export const areaCode = z.string().regex(/^[\d.]{1,20}$/, 'bukan kode kelurahan');
/** The name of something in our own lists, such as a craft. */
export const word = z.string().regex(/^[a-z_]{1,40}$/);
