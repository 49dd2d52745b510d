/** A wish for no more messages: every frame with every word of its class is understood, and no story is. */
import { describe, expect, it } from 'vitest';
import { readCommand } from './index.ts';

const wishes = [
  ...[
    'stop',
    'STOOOP!!',
    'henti',
    'ampih',
    'baranti',
    'berehnti',
    'mandheg',
    'unsubscribe',
    'berhenti berlangganan',
    'ampih sudah',
  ],
  ...['stop kirim pesan', 'ampih mangirimi ulun pasan', 'hentikan pesannya', 'berhenti mengirim pesan ke nomor saya'],
  ...['jangan kirim', 'jangan chat saya lagi', 'jangan WA saya lagi', 'jangan kirim-kirim lagi', 'jangan ganggu saya'],
  ...[
    'tidak usah kirim info lagi ya',
    'kada usah mangirimi habar lagi ka nomor ngini',
    'kada parlu mangirim info lagi',
  ],
  ...['ulun kada handak dikirimi lagi', 'tidak mau menerima pesan', 'ulun kada hakun lagi manarima pasan'],
  ...['saya tidak mau pesan lagi', 'gak mau info lagi', 'jangan ada pesan lagi', 'bosan dapat pesan terus'],
  ...['ojo wa aku maneh', 'sampun, ampun WA kulo malih', 'jangan dikirimi lagi, mata ulun kabur'],
  ...[
    'jangan kirim pesan lagi karena hp saya penuh',
    'tolong nomor saya dikeluarkan dari siaran ini',
    'saya mau keluar dari grup ini',
  ],
];

const around = [
  ...[
    (text: string) => text,
    (text: string) => `${text}. Terima kasih`,
    (text: string) => `assalamualaikum bu, ${text}`,
  ],
  ...[
    (text: string) => `maaf ya bu, ${text}`,
    (text: string) => `tolong ${text} ya pak`,
    (text: string) => `${text} bu ai lah`,
  ],
];

const others = [
  ...[
    'berhenti merajut',
    'saya berhenti menjahit tahun 2019',
    'sudah berhenti bu',
    'hujan kada ampih',
    'kada ampih',
    'jangan berhenti',
  ],
  ...[
    'jangan lupa kirim info',
    'jangan lupa hubungi saya',
    'kirim info lagi',
    'mau dikirimi info',
    'tidak ada kabar lagi',
  ],
  ...[
    'jangan datang lagi',
    'tidak usah',
    'tidak usah dikirim',
    'tidak mau',
    'tidak mau pesan',
    'saya tidak mau kirim foto',
  ],
  ...[
    'saya tidak bisa kirim pesan',
    'tidak dapat info',
    'kada dapat pesan',
    'ada pesan masuk',
    'jangan kirim barang ke sini',
  ],
  ...['hapus pesan ini', 'kalau tidak jadi, jangan hubungi saya', 'saya keluar dulu', 'terima kasih infonya', 'lagi'],
];

describe('a wish for no more messages', () => {
  it.each(wishes)('"%s" stops, with politeness around it, too', (text) =>
    expect(around.map((frame) => [frame(text), readCommand(frame(text))])).toEqual(
      around.map((frame) => [frame(text), 'stop']),
    ),
  );

  it.each(others)('"%s" is none', (text) => expect(['stop', 'leave']).not.toContain(readCommand(text)));

  it.each(['hapus nomor saya', 'tolong nomor ulun dihapus bu', 'keluarkan nomor saya'])(
    '"%s" may also mean that all is deleted',
    (text) => expect(readCommand(text)).toBe('leave'),
  );

  it('leaves what is deleted to its own word', () => {
    expect(readCommand('hapus data saya')).toBe('delete_data');
    expect(readCommand('jangan hapus nomor saya')).toBeNull();
  });
});
