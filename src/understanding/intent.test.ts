/** What people want of the office, by table; and how rarely ordinary sentences are taken for a wish or a command. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readCommand, readIntent } from './index.ts';

it.each([
  ['handak umpat latihan', 'training'],
  ['mau pinjam uang', 'kur'],
  ['bantuan modal', 'kur'],
  ['cara bikin nib', 'nib'],
  ['motif ulun dijiplak urang', 'ipr'],
  ['ongkos kirim ke surabaya', 'voucher'],
  ['subsidi ongkir', 'voucher'],
  ['subsidi bunga', 'kur'],
  ['daftar bazar', 'bazaar'],
  ['daftar', 'register'],
  ['nib ulun sudah jadi kah', 'status'],
  ['usaha ulun mikro kah', 'size'],
  ['mau curhat masalah usaha', 'consult'],
  ['mau ngomong sama orang', 'human'],
  ['handak batakun wan urang kantor', 'human'],
  ['mau tanya orang dinas dulu', 'human'],
  ['handak takun lawan petugas', 'human'],
  ['minta daftar harga baju', null],
  ['kawanku malamar gawian di tokopedia', null],
  ['jam berapa buka', null],
  ['terima kasih', null],
])('%s -> %s', (text, right) => expect(readIntent(text)).toBe(right));

const sentences = readFileSync('test/fixtures/nusax/sentences.txt', 'utf8').split('\n');

it.each([
  ['command', readCommand],
  ['intent', readIntent],
] as const)('of two thousand ordinary sentences at most one in 200 is taken for a %s', (_kind, reader) => {
  expect(sentences.length).toBeGreaterThan(2_000);
  expect(sentences.filter((text) => reader(text) !== null).length / sentences.length).toBeLessThanOrEqual(1 / 200);
});

it.each([
  'kada kawa umpat',
  'batal ikut',
  'ulun kada jadi tulak',
  'tidak bisa hadir besok',
  'maaf bu kami tidak jadi ikut pelatihan',
  'kd kawa datang ulun',
])('"%s" gives a place back', (text) => expect(readIntent(text)).toBe('not_coming'));

it.each(['handak umpat latihan', 'boleh ikut pelatihan?', 'kada paham', 'tidak ada'])('"%s" does not', (text) =>
  expect(readIntent(text)).not.toBe('not_coming'),
);

it.each(['ulun batakun lah', 'izin tanya bu', 'minta izin nanya', 'mau ijin tanya dulu', 'batakun dulu bu'])(
  '"%s" begins a question and wants nothing yet',
  (text) => expect(readIntent(text)).toBeNull(),
);
