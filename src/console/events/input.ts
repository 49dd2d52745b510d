/** What the pages of events are given, and an event as the form has it. */
import { z } from 'zod';
import { eventFileSchema, type EventFile } from '../../programmes/events/event-file.ts';
import { eventKinds } from '../../programmes/events/model.ts';
import { areaCode, optional, personId, several, word } from '../shell/fields.ts';

export const eventId = z.string().regex(/^[a-z0-9-]{3,40}$/);
const localTime = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'Tulis tanggal dan jam');

export const listSchema = z.strictObject({ bulan: optional(z.string().regex(/^\d{4}-\d\d$/)) });
export const oneSchema = z.strictObject({ id: eventId });
export const newSchema = z.strictObject({
  jenis: z.enum(eventKinds),
  nama: z.string().trim().min(3).max(20),
  tentang: z.string().trim().min(3).max(160),
  mulai: localTime,
  lama: z.coerce.number().positive().max(14),
  kali: z.coerce.number().int().min(1).max(30).default(1),
  tempat: z.string().trim().min(3).max(60),
  tautan: optional(z.url().max(80)),
  telepon: optional(z.string().trim().min(5).max(20)),
  jumlah: optional(z.coerce.number().int().min(1).max(10_000)),
  kerajinan: several(word),
  kelurahan: several(areaCode),
  bawa: optional(z.string().trim().min(2).max(40)),
  /** "1": although it is hard to read. */
  tetap: optional(z.literal('1')),
});
export type NewEvent = z.infer<typeof newSchema>;
export const moveSchema = z.strictObject({
  id: eventId,
  mulai: optional(localTime),
  tempat: optional(z.string().trim().min(3).max(60)),
});
export const cancelSchema = z.strictObject({ id: eventId, alasan: z.string().trim().min(3).max(80) });
export const decideSchema = z.strictObject({
  id: eventId,
  orang: personId,
  putusan: z.enum(['pilih', 'tolak']),
  alasan: z.string().trim().max(80).default(''),
});
export const presentSchema = z.strictObject({ id: eventId, hadir: several(personId) });
export const withdrawSchema = z.strictObject({ id: eventId, orang: personId });

/** "Pewarnaan alam", 2026-12-03: "pewarnaan-alam-1203". */
const idFor = (name: string, start: string): string =>
  `${name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 30)}-${start.slice(5, 7)}${start.slice(8, 10)}`;

/** The form as the file that the office could have written. @throws z.ZodError when it is none. */
export function fileOf({
  mulai,
  lama,
  kali,
  nama,
  tentang,
  jenis,
  tempat,
  tautan,
  telepon,
  ...rest
}: NewEvent): EventFile {
  const start = mulai.replace('T', ' ');
  return eventFileSchema.parse({
    ...{ id: idFor(nama, mulai), kind: jenis, name: nama, about: tentang },
    ...(kali === 1
      ? { dates: [{ start, hours: lama }] }
      : { series: { start, hours: lama, rule: `FREQ=WEEKLY;COUNT=${kali}` } }),
    place: {
      words: tempat,
      ...(tautan !== undefined && telepon !== undefined && { online: { link: tautan, phone: telepon } }),
    },
    places: rest.jumlah ?? null,
    for: {
      ...(rest.kerajinan.length > 0 && { crafts: rest.kerajinan }),
      ...(rest.kelurahan.length > 0 && { kelurahan: rest.kelurahan }),
    },
    ...(rest.bawa !== undefined && { bring: rest.bawa }),
  });
}
