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
  ...[
    'sudah saya hapus',
    'sudah saya hapus nomornya',
    'kirim aja infonya lagi',
    'iya aja kirim lagi infonya bu',
    'wa aja bu',
  ],
  ...[
    'jangan dikirimi barang rusak',
    'maaf mengganggu bu, mau kirim pesan',
    'stop produksi dulu',
    'matikan kompor dulu',
  ],
  ...['capek menenun terus', 'bosan merajut', 'pusing mengurus nib', 'pembeli pesan terus', 'cukup jelas infonya bu'],
  ...['saya tidak mau mengganggu ibu', 'stop kontak rumah saya rusak', 'mandak di muka masjid', 'batal ikut pelatihan'],
  ...['hapus pesan ini', 'kalau tidak jadi, jangan hubungi saya', 'saya keluar dulu', 'terima kasih infonya', 'lagi'],
];

/** Frames with words of each class; what surrounds them says something else. */
const doing = [
  'jangan dikirimi',
  'jangan kirim pesan',
  'kada usah diwa',
  'kada handak dihubungi',
  'matikan notifnya',
  'nonaktifkan langganan',
  'tutup langganan',
  'berhenti kirim info',
  'tidak usah diteruskan lagi pesannya',
  'keluarkan ulun dari siaran',
  'coret nama saya dari siaran',
  'mau keluar dari grup',
];
const inSentences: readonly ((wish: string) => string)[] = [
  (wish) => `assalamualaikum nak ibu ini sudah tua mata kabur tolong ${wish} ya nak`,
  (wish) => `ulun gin sudah lawas kada manjahit tolong ${wish} lah nak ai`,
  (wish) => `${wish} ya nak hp cucu saya penuh memorinya`,
  (wish) => `hpnya dipakai cucu sekolah tolong ${wish} lagi ya bu kasihan cucunya`,
];

/** May be one, and may not. */
const asked = [
  ...[
    'pesannya mengganggu',
    'pusing saya WA terus',
    'spam terus ini',
    'cukup sudah pesannya',
    'terganggu dengan pesan ini',
  ],
  ...['tidak usah dikirim lagi', 'berhenti saja nak saya sudah tua', 'gimana cara berhenti langganan?'],
  ...['gimana caranya supaya tidak dikirimi lagi', 'jangan kirim pesan tengah malam'],
];

describe('a wish for no more messages', () => {
  it.each(doing)('"%s" is found in a sentence without commas', (wish) => {
    const texts = inSentences.map((frame) => frame(wish));
    expect(texts.map((text) => [text, readCommand(text)])).toEqual(texts.map((text) => [text, 'stop']));
  });

  it.each(doing)('"%s" stops nothing when it is past, and in a story', (wish) => {
    const bare = wish.replace(/^(?:jangan|kada usah|kada handak|tidak usah|mau) /u, '');
    for (const text of [`kemarin sudah ${bare}`, `jangan lupa ${bare}`, `kalau hujan ${wish}`])
      expect(['stop', 'leave']).not.toContain(readCommand(text));
  });

  it.each(['🛑', '⛔️', 'stp', 'brhnti', 'brenti', 'setop', 'stp ya bu'])('"%s" is short for it', (text) =>
    expect(readCommand(text)).toBe('stop'),
  );

  it.each(asked)('"%s" is asked', (text) => expect(readCommand(text)).toBe('enough'));

  it.each(wishes)('"%s" stops, with politeness around it, too', (text) =>
    expect(around.map((frame) => [frame(text), readCommand(frame(text))])).toEqual(
      around.map((frame) => [frame(text), 'stop']),
    ),
  );

  it.each(others)('"%s" is none', (text) => expect(['stop', 'leave', 'enough']).not.toContain(readCommand(text)));

  it.each(['hapus nomor saya', 'tolong nomor ulun dihapus bu', 'keluarkan nomor saya'])(
    '"%s" may also mean that all is deleted',
    (text) => expect(readCommand(text)).toBe('leave'),
  );

  it('leaves what is deleted to its own word', () => {
    expect(readCommand('hapus data saya')).toBe('delete_data');
    expect(readCommand('jangan hapus nomor saya')).toBeNull();
  });
});
