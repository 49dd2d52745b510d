/** Tables of what people type, one a reader, and what holds for any text at all. The corpus is held in corpus.test.ts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadAreas, loadCities } from '../content/office.ts';
import {
  expectKinds,
  isExactly,
  LONGEST_TEXT,
  normalise,
  readChoice,
  readChoices,
  readCommand,
  readDoubt,
  readGreeting,
  readInteger,
  readKelurahan,
  readName,
  readText,
  readYesNo,
  understand,
  withoutAsking,
  type Reading,
} from './index.ts';

const areas = loadAreas('flows');
const crafts = [
  { id: 'sasirangan', words: ['Kain sasirangan', 'sasirangan', 'kain'] },
  { id: 'purun', words: ['Anyaman purun', 'purun', 'manganyam'] },
  { id: 'rajut', words: ['Rajutan', 'rajut'] },
  { id: 'lain', words: ['Kerajinan lain', 'lain', 'lainnya'] },
];
const value = (reading: Reading<unknown>) => (reading.understood ? reading.value : reading.reason);

describe('the normaliser', () => {
  it.each([
    ['1\uFE0F\u20E3', '1'],
    ['2\u20E3', '2'],
    ['🔟', '10'],
    ['１２', '12'],
    ['٣', '3'],
    ['۳', '3'],
    ['३', '3'],
    ['𝟑', '3'],
    ['③', '3'],
    ['➋', '2'],
    ['\u200F2', '2'],
    ['1\u200B', '1'],
    ['\u20661\u2069', '1'],
    ['\u00A03\u00A0', '3'],
    ['½', 'setengah'],
    ['a\r\n \nb', 'a\nb'],
    ['\uD800x', 'x'],
  ])('%j is %j', (text, plain) => expect(normalise(text)).toBe(plain));

  it('reads the beginning of a very long text only', () => {
    for (const sign of ['👩‍🎨', 'ﷺ', 'a']) expect(normalise(sign.repeat(5_000)).length).toBeLessThanOrEqual(LONGEST_TEXT);
  });
});

describe('yes and no', () => {
  it.each([
    ['kada papa, lanjutakan ja', true],
    ['tidak apa-apa', true],
    ['kenapa tidak', true],
    ['iyaaa buuu', true],
    ['kawa', true],
    ['belum punya', false],
    ['kada hakun', false],
    ['lain, itu ngaran kaka ulun', false],
    ['iya tapi nanti', 'maybe'],
    ['iya atau tidak', 'both'],
    ['apa itu?', 'question'],
    ['kada tahu', 'unknown'],
    ['hujan', 'unclear'],
    ['saya mau pinjam uang buat beli kain', 'unclear'],
    ['ulun handak mainjam duit', 'unclear'],
    ['saya mau tanya dulu', 'maybe'],
    ['mau sekali bu', true],
    ['mau ikut daftar', true],
    ['', 'empty'],
  ])('%j is %j', (text, right) => expect(value(readYesNo(text))).toBe(right));
});

describe('a number', () => {
  it.each([
    ['12 tahun', 12],
    ['salikur', 21],
    ['talungpuluh lambar', 30],
    ['dua puluh lima', 25],
    ['1.250', 1_250],
    ['2 kodi', 40],
    ['sejak 1998', 1_998],
    ['dua tiga', 'several'],
    ['10-15', 'unclear'],
    ['1,5', 'unclear'],
    ['banyak', 'unclear'],
    ['sampai 8', 8],
  ])('%j is %j', (text, right) => expect(value(readInteger(text))).toBe(right));
});

describe('a name', () => {
  it.each([
    ['nama saya siti aminah bu', 'Siti Aminah'],
    ['HJ NORLAILA', 'Hj. Norlaila'],
    ['assalamualaikum bu, ulun fatmawati', 'Fatmawati'],
    ['lain Rusnah, Rusinah', 'Rusinah'],
    ["nur'aini", "Nur'aini"],
    ['wahidah, umur 57 tahun', 'Wahidah'],
    ['iya', 'unclear'],
    ['siapa?', 'question'],
    ['0812345678', 'unclear'],
  ])('%j is %j', (text, right) => expect(value(readName(text))).toBe(right));

  it('of a group is kept as it was typed', () => {
    expect(value(readText('nama kelompoknya Galuh Cempaka bu'))).toBe('Galuh Cempaka');
    expect(value(readText('iya'))).toBe('unclear');
    expect(value(readText('kelompok apa?'))).toBe('question');
  });
});

describe('a kelurahan', () => {
  it.each([
    ['palam', '63.72.03.1001'],
    ['kel. Palam kec. Cempaka', '63.72.03.1001'],
    ['sei tiung rt 2', '63.72.03.1003'],
    ['kampung purun', '63.72.03.1001'],
    ['lokut', '63.72.04.1001'],
    ['dulu di bangkal, wahini di palam', '63.72.03.1001'],
    ['63.72.05.1003', '63.72.05.1003'],
    ['cempaka', 'several'],
    ['martapura', 'unclear'],
  ])('%j is %j', (text, right) => expect(value(readKelurahan(text, areas))).toBe(right));

  it('that several have is asked again with those', () => {
    const counts = ['guntung', 'landasan ulin', 'loktabat', 'sungai', 'Banjarbaru Utara'].map((text) => {
      const reading = readKelurahan(text, areas);
      return reading.understood ? 1 : reading.candidates?.length;
    });
    expect(counts).toEqual([3, 5, 2, 3, 4]);
  });
});

describe('global words', () => {
  it.each([
    ['MENU UTAMA', 'menu'],
    ['mneu', 'menu'],
    ['0', 'human'],
    ['handak bapandir lawan petugas', 'human'],
    ['mulai lagi', 'start'],
    ['jangan kirim pesan lagi', 'stop'],
    ['saya berhenti menjahit tahun 2019', null],
    ['status ulun balu', null],
    ['menu makan siangnya apa', null],
    ['datanya jangan dihapus', null],
  ])('%j is %j', (text, right) => expect(readCommand(text)).toBe(right));

  it.each([
    ['Assalamu’alaikum wr. wb.', 'salam'],
    ['asalamualaikum bu ai', 'salam'],
    ['selamat pagi pak', 'morning'],
    ['p', 'hello'],
    ['tarima kasih banyak bu', 'thanks'],
    ['halo, saya mau daftar', null],
  ])('the greeting in %j is %j', (text, right) => expect(readGreeting(text)).toBe(right));
});

describe('doubt', () => {
  it.each([
    ['untuk apa datanya', 'question'],
    ['ini penipuan kah', 'question'],
    ['kada tahu ulun', 'unknown'],
    ['lupa bu', 'unknown'],
    ['hujan ganal', null],
  ])('in %j is %j', (text, right) => expect(readDoubt(text)).toBe(right));

  it('can be taken out of a question that names its answer', () =>
    expect(withoutAsking('KUR itu apa?')).toBe('kur itu'));
});

describe('any text at all', () => {
  const readers = [readText, readGreeting, readDoubt, normalise];
  const places = { areas, cities: loadCities('flows') };
  const readAll = (text: string) => {
    for (const reader of readers) reader(text);
    readChoice(text, crafts);
    readChoices(text, crafts);
    isExactly(text, crafts);
    for (const kind of expectKinds)
      for (const past of [true, false]) understand({ expect: kind, text, past, options: labels }, places);
  };
  const labels = crafts.map(({ id, words: [label = ''] }) => ({ id, label }));

  it('never makes a reader throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => readAll(text)),
      { numRuns: 500 },
    );
  });

  it('is read in good time, however it is made to be slow', () => {
    for (const text of [
      'a'.repeat(65_536),
      `e${'\u0301'.repeat(20_000)}`,
      '\u200F'.repeat(20_000),
      '1 '.repeat(30_000),
      ', '.repeat(30_000),
      'ass'.repeat(20_000),
      'nama '.repeat(13_000),
      '?!'.repeat(30_000),
      'jangan kirim '.repeat(5_000),
      '1-1-'.repeat(15_000),
      'dua ribu '.repeat(7_000),
      'tgl 5 bulan '.repeat(5_000),
      'jakarta '.repeat(8_000),
      'ﷺ'.repeat(4_096),
      'daftar logo nama usaha '.repeat(3_000),
    ])
      readAll(text);
  }, 10_000);
});
