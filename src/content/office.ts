/** What belongs to one city and its office, read from `flows/shared/`: another city changes these files, not code. */
import { z } from 'zod';
import type { Area, City } from '../understanding/index.ts';
import { loadYaml } from './yaml-file.ts';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time is written as "08:00"');

const officeSchema = z.strictObject({
  name: z.string().min(1).describe('The office as people call it'),
  city: z.string().min(1),
  timeZone: z.string().min(1).describe('IANA name; WITA is Asia/Makassar'),
  sample: z.boolean().describe('true while the hours are an example that the office has not confirmed'),
  source: z.string().min(1).describe('Who said so, and when'),
  hours: z
    .array(z.strictObject({ days: z.array(z.int().min(1).max(7)).min(1), from: time, to: time }))
    .min(1)
    .describe('Opening hours; days as 1 (Monday) to 7 (Sunday)'),
  cases: z.strictObject({
    dueMinutes: z.int().min(5).max(10_000).describe('By when a case should be answered, in minutes of opening hours'),
    urgent: z.array(z.string().min(1)).describe('Kinds of cases that stand on top'),
    urgentMinutes: z.int().min(5).max(10_000).describe('The same for the urgent ones'),
    escalateMinutes: z.int().min(5).max(10_000).describe('So long after that, administrators are shown it'),
  }),
  takeoverMinutes: z.int().min(5).max(1_440).describe('For so long after their last message a chat belongs to staff'),
});
export type Office = z.infer<typeof officeSchema>;

const areasSchema = z.strictObject({
  source: z.string().min(1),
  districts: z
    .array(
      z.strictObject({
        code: z.string().regex(/^\d\d\.\d\d\.\d\d$/, 'a kecamatan has a code such as 63.72.03'),
        name: z.string().min(1),
        kelurahan: z
          .array(
            z.strictObject({
              code: z.string().regex(/^\d{4}$/, 'a kelurahan has four digits behind its kecamatan, such as 1001'),
              name: z.string().min(1),
              words: z.array(z.string().min(1)).default([]).describe('Nicknames and names of places in it'),
            }),
          )
          .min(1),
      }),
    )
    .min(1)
    .max(5, 'at most five kecamatan can be shown in one message'),
});

/** @throws StartError naming file and line. */
export const loadOffice = (folder: string): Office => loadYaml(`${folder}/shared/office.yaml`, officeSchema).data;

/** The kelurahan of the city, in the order of the file. @throws StartError naming file and line. */
export function loadAreas(folder: string): readonly Area[] {
  return loadYaml(`${folder}/shared/areas.yaml`, areasSchema).data.districts.flatMap((district) =>
    district.kelurahan.map(({ code, name, words }) => ({
      code: `${district.code}.${code}`,
      name,
      district: { code: district.code, name: district.name },
      words,
    })),
  );
}

const citiesSchema = z.strictObject({
  source: z.string().min(1),
  provinces: z
    .array(
      z.strictObject({
        code: z.string().regex(/^\d\d$/, 'a province has a code such as 63'),
        name: z.string().min(1),
        words: z.array(z.string().min(1)).default([]).describe('Short forms'),
        cities: z
          .array(
            z.strictObject({
              code: z.string().regex(/^\d\d$/, 'a kota or kabupaten has two digits behind its province, such as 72'),
              name: z.string().regex(/^(Kota|Kabupaten) /, 'a name begins with Kota or Kabupaten'),
              words: z.array(z.string().min(1)).default([]).describe('Nicknames and other ways to write it'),
            }),
          )
          .min(1),
      }),
    )
    .min(1),
});

/** Every kota and kabupaten, where a parcel may go. @throws StartError naming file and line. */
export function loadCities(folder: string): readonly City[] {
  return loadYaml(`${folder}/shared/cities.yaml`, citiesSchema).data.provinces.flatMap(({ cities, ...province }) =>
    cities.map(({ code, name, words }) => ({ code: `${province.code}.${code}`, name, words, province })),
  );
}
