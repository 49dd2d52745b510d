/** Persons as a table for a spreadsheet, line by line: never all of them in memory, and no cell that a spreadsheet would run. */
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { Context } from '../shell/page.tsx';
import { maskedNumber, maskedPhone, phoneIn } from './mask.ts';
import type { PersonRecord } from './store.ts';

export interface Naming {
  area(code: string): string;
  craft(id: string): string;
}

type Row = (string | number | null)[];

/** The heads, in the order of the cells. */
const heads = (t: Context['t']): string[] => [
  t('people.name'),
  t('people.number'),
  t('people.phone'),
  t('people.crafts'),
  t('people.kelurahan'),
  t('people.business'),
  t('people.years'),
  t('people.standing'),
  t('people.since'),
];

async function* lines(
  persons: AsyncIterable<PersonRecord & { aliases?: string[] }>,
  { t, may, times }: Context,
  { area, craft }: Naming,
): AsyncGenerator<Row> {
  const whole = may('people.number');
  for await (const person of persons) {
    const phone = phoneIn(person.aliases ?? []) ?? '';
    yield [
      person.name,
      whole ? person.number : maskedNumber(person.number),
      phone === '' || whole ? phone : maskedPhone(phone),
      person.crafts.map(craft).join(', '),
      area(person.kelurahan),
      t.of('businesses', person.business),
      person.years,
      t.of('standings', person.standing),
      times.day(person.createdAt),
    ];
  }
}

/** For every spreadsheet that asks how to read it: UTF-8 with its mark, and the semicolon that Indonesian settings expect. */
export function asCsv(persons: Parameters<typeof lines>[0], context: Context, naming: Naming): NodeJS.ReadableStream {
  const out = stringify({
    ...{ bom: true, delimiter: ';', header: true, columns: heads(context.t) },
    // A cell that begins with =, +, -, @ would be run as a formula by whoever opens the file.
    escape_formulas: true,
  });
  void pipeline(lines(persons, context, naming), out).catch((error: unknown) => out.destroy(error as Error));
  return out;
}

export function asXlsx(persons: Parameters<typeof lines>[0], context: Context, naming: Naming): NodeJS.ReadableStream {
  const out = new PassThrough();
  const write = async () => {
    // Large, and seldom wanted: it is loaded when somebody asks for a spreadsheet.
    const { default: exceljs } = await import('exceljs');
    const book = new exceljs.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true });
    const sheet = book.addWorksheet(context.t('nav.people'), { views: [{ state: 'frozen', ySplit: 1 }] });
    sheet.columns = heads(context.t).map((header) => ({ header, width: 20 }));
    sheet.getRow(1).font = { bold: true };
    // Words stay words: a cell of this kind is never read as a formula.
    for await (const row of lines(persons, context, naming)) sheet.addRow(row).commit();
    sheet.commit();
    await book.commit();
  };
  void write().catch((error: unknown) => out.destroy(error as Error));
  return out;
}
