/** No list forbids a name: each of thousands is taken at once or read back whole, alone and in what people write around it. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readCommand, readName } from './index.ts';

const names = readFileSync('test/fixtures/corpus/names.txt', 'utf8').trim().split('\n');
const asTyped = (name: string) => name.toLowerCase().replace(/\.$/u, '');

/** The name that is taken, or that a yes takes. */
function taken(text: string): string | undefined {
  const reading = readName(text);
  if (reading.understood) return reading.value;
  return reading.reason === 'doubtful' ? reading.candidates?.[0] : undefined;
}

/** Those texts with a name in it that lose it, or a part of it. */
const lost = (texts: readonly (readonly [name: string, text: string])[]): string[] =>
  texts.flatMap(([name, text]) =>
    asTyped(taken(text) ?? '') === asTyped(name) ? [] : `${text} -> ${taken(text) ?? 'asked again'}`,
  );

const frames: readonly ((name: string) => string)[] = [
  ...[
    (name: string) => `nama saya ${name}`,
    (name: string) => `ngaran ulun ${name} bu lah`,
    (name: string) => `ulun ${name}`,
  ],
  ...[
    (name: string) => `Nama : ${name}`,
    (name: string) => `saya ${name}, dari Palam`,
    (name: string) => `jenengku ${name}`,
  ],
  ...[(name: string) => `assalamualaikum bu, ngaran ulun ${name}`, (name: string) => `perkenalkan nama saya ${name}`],
  ...[
    (name: string) => `nami kulo ${name}`,
    (name: string) => `atas nama ${name}`,
    (name: string) => `ulun ngarannya ${name}`,
  ],
  ...[
    (name: string) => `yang mau daftar namanya ${name}`,
    (name: string) => `nama di ktp ${name} bu`,
    (name: string) => name.toUpperCase(),
  ],
];

it('every name alone', () => {
  expect(names.length).toBeGreaterThan(7_000);
  expect(lost(names.map((name) => [name, name]))).toEqual([]);
});

it('every name in one of the common frames, and those that are words in each', () => {
  const doubted = names.filter((name) => !readName(name).understood);
  expect(doubted.length).toBeGreaterThan(10);
  const once = names.map((name, index) => [name, frames[index % frames.length]?.(name) ?? ''] as const);
  const each = doubted.flatMap((name) => frames.map((frame) => [name, frame(name)] as const));
  expect(lost([...once, ...each])).toEqual([]);
});

it('every two names together, so that none is taken for a phrase before another', () => {
  const pairs = names.map((name, index) => `${name} ${names[(index * 7_919 + 13) % names.length] ?? ''}`);
  // "Ai", "nah" and "yah" at the edge are particles, a last "Titik" the full stop of who dictates.
  expect(
    lost(pairs.filter((pair) => !/ (?:Ai|Mas|Nah|Yah|Di|Titik)$|^Nah /u.test(pair)).map((pair) => [pair, pair])),
  ).toEqual([]);
});

it('none is a global word', () => expect(names.filter((name) => readCommand(name) !== null)).toEqual([]));

it.each([
  'menu',
  'nama saya kembali',
  'petugas',
  'iya',
  'baik bu',
  'inggih leres',
  'kada',
  'nama saya',
  'halo',
  'nanti bu masih di jalan',
])('"%s" is none', (text) => expect(taken(text)).toBeUndefined());

it.each([
  ['Asma Wulandari', 'Asma Wulandari'],
  ['inur eh siti aminah', 'Siti Aminah'],
  ['tadi yang menjawab anak saya, nama saya Zainab', 'Zainab'],
  ['usaha saya Rindang Banua, nama saya Saniah', 'Saniah'],
  ['Norhayati tukang kayu', 'Norhayati'],
  ['rancak disambat inur, ngaran ulun Norjannah', 'Norjannah'],
])('of "%s" it is %s', (text, name) => expect(taken(text)).toBe(name));
