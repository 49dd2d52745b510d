/** The lint finds what is hard to read or leads nowhere, and finds nothing in what is shipped. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readContent } from '../src/compose.ts';
import { lint, type Problem } from '../src/lint/index.ts';
import { checkText, lix, wordsOf } from '../src/lint/text-rules.ts';

const findings = (text: string): string =>
  checkText({ text, bare: text }, new Set(wordsOf(text)))
    .map(({ rule }) => rule)
    .join('; ');

describe('a text', () => {
  it.each([
    ['Siapa nama Bapak/Ibu?', /^$/],
    ['a '.repeat(111), /222 huruf/],
    ['satu\n'.repeat(9).trim(), /9 baris/],
    ['Satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas dua belas.', /13 kata/],
    ['Apa? Siapa?', /2 tanda tanya/],
    ['Silakan isi.', /"silakan"/],
    ['Tolong dikirimkan fotonya.', /di-…-kan/],
    ['Kami tidak akan bertanya tanpa izin.', /dua kata tidak/],
    ['Lihat www.contoh.id ya.', /tautan/],
    ['Ketik **1**.', /dua bintang/],
    ['JANGAN bayar.', /JANGAN/],
    ['Urus NIB dan KUR.', /^$/],
    ['Bayar 1000000 saja.', /tanpa titik/],
    ['Bagus 👍', /tidak ada di daftar/],
    ['Kirim 📷 fotonya.', /di tengah/],
    ['📷 Kirim fotonya.', /^$/],
    [
      'Persyaratan administrasi pendaftaran keanggotaan koperasi dilaksanakan berdasarkan ketentuan perundangan daerah setempat selamanya.',
      /LIX/,
    ],
  ])('%j: %s', (text, rule) => expect(findings(text)).toMatch(rule));

  it('tells which words are not known, and counts LIX as Björnsson did', () => {
    const text = 'Bagaimana fleksibilitas kolateralnya?';
    expect(checkText({ text, bare: text }, new Set(['bagaimana']))[0]?.rule).toContain('fleksibilitas, kolateralnya');
    expect(lix('Satu dua tiga. Empat kerajinan.')).toBeCloseTo(2.5 + 20);
  });
});

describe('flows and texts', () => {
  let folder = '';
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** The shipped flows and texts with one file changed. */
  function lintWith(file: string, change: (text: string) => string): Problem[] {
    folder = mkdtempSync(join(tmpdir(), 'kawan-lint-'));
    cpSync('flows', join(folder, 'flows'), { recursive: true });
    cpSync('locales', join(folder, 'locales'), { recursive: true });
    writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'utf8')));
    return lint(readContent({ flows: join(folder, 'flows'), locales: join(folder, 'locales') }), 'locales/words.txt')
      .problems;
  }

  it('as shipped hold nothing to mend', () => {
    const { messages, problems } = lint(readContent(), 'locales/words.txt');
    expect(problems).toEqual([]);
    expect(messages).toBeGreaterThan(200);
  });

  it.each<[string, string, string, string, RegExp]>([
    [
      'a missing text',
      'locales/id/registration.json',
      '"ask": "Siapa nama Bapak/Ibu?",',
      '',
      /register\.name\.ask.*belum ada/,
    ],
    [
      'a value that nothing brings',
      'locales/id/registration.json',
      'Siapa nama Bapak/Ibu?',
      'Siapa {{nama}}?',
      /"nama" yang tidak ada/,
    ],
    [
      'a label that fits no button',
      'locales/id/registration.json',
      '"label": "Kain sasirangan"',
      '"label": "Kain sasirangan dan jumputan"',
      /paling banyak 20/,
    ],
    [
      'a word that is a command',
      'locales/id/registration.json',
      '"words": ["rajut",',
      '"words": ["batal", "rajut",',
      /juga perintah "cancel"/,
    ],
    [
      'a circle without a question',
      'flows/shared/information.flow.yaml',
      'what: { say: true, next: more }',
      'what: { say: true, next: what }',
      /berputar tanpa bertanya/,
    ],
    [
      'too many to choose from',
      'flows/shared/information.flow.yaml',
      'topics: [what, nib, money, people]',
      'topics: [what, nib, money, people, what, nib]',
      /menawarkan 6 pilihan/,
    ],
    [
      'a text of silence that nobody marked',
      'locales/id/shared.json',
      '"Senang bertemu lagi, Bapak/Ibu."',
      '"Kami tidak akan mengirim pesan lagi."',
      /again\.welcome.*bilang tidak ada pesan lagi/,
    ],
    ['no way to a person', 'flows/shared/programme.yaml', '  human: person\n', '', /tidak ada jalan ke petugas/],
    [
      'a flow that nobody is led to',
      'flows/shared/programme.yaml',
      '  voice: voice\n',
      '',
      /tidak ada yang membawa orang/,
    ],
  ])('%s is found', (_name, file, from, to, rule) => {
    const problems = lintWith(file, (text) => text.replaceAll(from, to));
    expect(problems.map(({ rule }) => rule).join('\n')).toMatch(rule);
    expect(problems.every(({ better }) => better !== '')).toBe(true);
  });
});
