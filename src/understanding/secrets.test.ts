/** What must not be stored is found however it is written; what people answer otherwise stays as it is. Invented numbers. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { climbNik, findSecrets, maskOf } from './index.ts';

const mask = (text: string): string =>
  findSecrets(text).reduceRight(
    (rest, secret) => rest.slice(0, secret.from) + maskOf(secret) + rest.slice(secret.to),
    text,
  );

describe('numbers of cards', () => {
  it.each([
    ['nik ulun 6372025708650001', 'nik ulun [nomor …0001]'],
    ['6372 0257 0865 0001', '[nomor …0001]'],
    ['6372.0257.0865.0001 hp 081234567890', '[nomor …0001] hp 081234567890'],
    ['6372\n0257\n0865\n0001', '[nomor …0001]'],
    ['63720257O865OOO1', '[nomor …OOO1]'],
    ['6 3 7 2 0 2 5 7 0 8 6 5 0 0 0 1', '[nomor …0001]'],
    ['637202570865000', '[nomor …5000]'],
    ['6372025708650001 dan 6372021708650002', '[nomor …0001] dan [nomor …0002]'],
    ['anam talu pitu dua nol dua lima pitu nol dalapan anam lima nol nol nol satu', '[nomor …0001]'],
    ['KK 6372021201120003', 'KK [nomor …0003]'],
    ['nik6372025708650001', 'nik[nomor …0001]'],
    ['63720257086500016372021708650002', '[nomor …0002]'],
    ['６３７２０２５７０８６５０００１', '[nomor …0001]'],
  ])('%s', (text, masked) => expect(mask(text)).toBe(masked));

  it.each([
    '1234567890123',
    'nib 1234567890123 hp 081234567890',
    '081234567890',
    'Rp 12.500.000',
    '17-08-1965',
    '2 juta 500 ribu',
    'satu dua tiga',
  ])('is none: %s', (text) => expect(mask(text)).toBe(text));
});

describe('passwords and codes', () => {
  it.each([
    ['kode otp 482913', 'kode otp [disembunyikan]'],
    ['otpnya: 482913', 'otpnya: [disembunyikan]'],
    ['kode verifikasi wa 123-456', 'kode verifikasi wa [disembunyikan]'],
    ['password saya Rahasia#1', 'password saya [disembunyikan]'],
    ['sandi: banjar2024!', 'sandi: [disembunyikan]'],
    ['pin 123456', 'pin [disembunyikan]'],
    ['kodenya 482913', 'kodenya [disembunyikan]'],
  ])('%s', (text, masked) => expect(mask(text)).toBe(masked));

  it.each(['kode pos 70732', 'kodenya 4821', 'kode hadir', 'kata sandi saya lupa', 'kodenya apa?', 'sandi itu apa'])(
    'is none: %s',
    (text) => expect(mask(text)).toBe(text),
  );
});

it('of all answers that people type only numbers of cards are hidden', () => {
  const lines = ['dev', 'own'].flatMap((name) =>
    readFileSync(`test/fixtures/corpus/${name}.jsonl`, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { text: string; expect: string }),
  );
  const hidden = lines.filter(
    ({ text, expect: kind }) => kind !== 'nik' && !/^\d{16}$/.test(text) && mask(text) !== text,
  );
  expect(hidden.map(({ text }) => text)).toEqual([]);
});

describe('the ladder of an identity number', () => {
  const areas = [
    {
      code: '63.72.02.1003',
      name: 'Landasan Ulin Timur',
      district: { code: '63.72.02', name: 'Landasan Ulin' },
      words: [],
    },
  ];
  const now = Date.parse('2026-11-26T09:00:00+08:00');
  const climb = (written: string, more: object = {}) => climbNik(written, { now, areas, ...more });

  it('tells birth date and sex', () => {
    expect(climb('6372025708650001')).toMatchObject({ born: { year: 1965, month: 8, day: 17 }, woman: true, odd: [] });
    expect(climb('6372021708050001')).toMatchObject({ born: { year: 2005 }, woman: false, odd: [] });
  });

  it.each([
    ['637202570865000', 'length', 15],
    ['63720257086500011', 'length', 17],
    ['9972025708650001', 'province', 16],
    ['6372023202650001', 'date', 16],
    ['6372027202650001', 'date', 16],
    ['6372025713650001', 'date', 16],
    ['6372025708650000', 'serial', 16],
  ])('%s cannot be one: %s', (written, fault, length) => expect(climb(written)).toEqual({ fault, length }));

  it('a 29 February of the right century is one', () => {
    expect(climb('6372022902000001')).toMatchObject({ born: { year: 2000 } });
    expect(climb('6372022902010001')).toEqual({ fault: 'date', length: 16 });
  });

  it('notes what is odd and refuses nothing for it', () => {
    expect(climb('6372015708650001')).toMatchObject({ odd: ['district'] });
    expect(climb('6303025708650001')).toMatchObject({ odd: [] });
    expect(climb('63720257O865OOO1')).toMatchObject({ digits: '6372025708650001', odd: ['letters'] });
    expect(climb('6372025708650001', { woman: false })).toMatchObject({ odd: ['sex'] });
    expect(climb('6372025708650001', { born: { year: 1965, month: 8, day: 18 } })).toMatchObject({ odd: ['born'] });
    expect(climb('6372021708200001')).toMatchObject({ odd: ['young'] });
  });
});
