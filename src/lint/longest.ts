/** The longest values that can plausibly stand in a text, so that lengths are checked as they will be seen. */
import type { Content } from '../content/library.ts';
import type { Answer, Answers, AskNode, Flow } from '../engine/index.ts';

/** Longer than nine of ten Indonesian names; an invented person. */
const NAME = 'Hj. Siti Rahmawati Fatimah';
/** As long as a button holds. */
const LABEL = 'Pewarnaan alam dasar';
const GROUP = 'Kelompok Usaha Bersama Melati';

/** The longest answer to each question of a flow, by the place where it is kept. */
export function longestAnswers(flow: Flow, content: Content): Answers {
  return Object.fromEntries(
    Object.values(flow.nodes).flatMap((node) =>
      'ask' in node && node.save !== undefined ? [[node.save, longestAnswer(node, flow, content)]] : [],
    ),
  );
}

/** The longest answer to one question, in the words that the person reads back. */
export function longestAnswer(node: AskNode, flow: Flow, { areas, locales }: Content): Answer {
  if (node.save === undefined) return { kind: 'skipped' };
  const longest = (ids: readonly string[], label: (id: string) => string) =>
    ids.reduce((a, b) => (label(b).length > label(a).length ? b : a), ids[0] ?? '');
  const list = node.options ?? node.or ?? '';
  const options = (flow.options[list] ?? []).map(({ id }) => id);
  const label = (id: string) => locales.text('id', flow.programme, `options.${list}.${id}.label`, {});
  if (node.from !== undefined) return { kind: 'picked', id: '1', label: LABEL };
  switch (node.ask) {
    case 'yesno':
      return { kind: 'yes', yes: false };
    case 'choice':
      return { kind: 'options', list, ids: [longest(options, label)] };
    case 'choices':
      return { kind: 'options', list, ids: options };
    case 'integer':
      return { kind: 'number', number: node.max ?? 80, ...(node.unit !== undefined && { unit: node.unit }) };
    case 'kelurahan':
      return {
        kind: 'area',
        code: longest(
          areas.map(({ code }) => code),
          (code) => areas.find((area) => area.code === code)?.name ?? '',
        ),
      };
    case 'name':
      return { kind: 'text', text: NAME };
    case 'code':
      return { kind: 'text', text: '1'.repeat(node.max ?? 4) };
    case 'money':
      return { kind: 'money', rupiah: 500_000_000 };
    case 'months':
      return { kind: 'number', number: 60, unit: 'months' };
    case 'nik':
      return { kind: 'text', text: '•••• 0001' };
    case 'nib':
      return { kind: 'text', text: '1234567890123' };
    case 'photo':
      return { kind: 'file', id: '', type: 'image/jpeg', name: 'foto' };
    case 'text':
      return { kind: 'text', text: GROUP };
  }
}

/** Values that actions and the office bring, in words. */
export const longestWords: Readonly<Record<string, string>> = {
  name: NAME,
  number: '123 456',
  found: GROUP,
  who: NAME,
  people: `${NAME}, ${NAME}`,
  consent: 'diberikan 25 September 2026',
  place: 'Landasan Ulin Tengah',
  language: 'Bahasa Indonesia',
  count: '80',
  of: '5',
  address: 'alamat halaman itu',
  // An event, as long as its file may make it.
  about:
    'Belajar mewarnai kain dengan daun dan kulit kayu. Bahannya dari kantor. Hasilnya dibawa pulang. Gurunya ibu dari kampung sasirangan.',
  when: 'Kamis, 26 November, pukul sebelas lewat 45 menit siang',
  venue: 'aula kantor dinas, seberang masjid besar, dekat pasar',
  bring: 'kain putih dua meter, celemek, dan bekal',
  lines: Array.from({ length: 5 }, () => 'Kamis, 26 November: Pewarnaan alam').join('\n'),
  position: '185',
  reason: 'gurunya sakit, nanti dicari hari lain',
  shown: 'Besok kantor tutup karena ada rapat. Lusa buka lagi seperti biasa.',
  names: `${NAME}, ${NAME}, ${NAME}`,
  findings: '25 kata dalam satu kalimat; paling banyak 12',
  state: 'berhenti sendiri, HP kantor perlu dicek',
  sent: '80',
  failed: '80',
  unknown: '80',
  text: 'Besok kantor tutup karena ada rapat. Lusa buka lagi seperti biasa.',
  time: 'pukul sebelas lewat 45 menit siang',
  day: 'besok, Minggu',
  // The business number and an appointment.
  craft: 'Kerudung dan topi',
  whom: 'Hj. Siti Rahmawati Fatimah',
  kbli2020: '16292',
  kbli2025: '16292',
  nik_whole: '6372 0257 0865 0001',
  where: 'kantor dinas, lantai satu, meja paling depan',
  // Applications, and what a rule says.
  until: 'Kamis, 26 November',
  promise: 'Kabar paling lambat Kamis, 26 November.',
  wish: 'Bantuan alat kerajinan',
  stage: 'berkas sudah lengkap',
  why: 'Foto KTP masih gelap. Tolong foto lagi di tempat terang.',
  next: 'Bawa KTP dan kartu keluarga ke kantor dinas. Petugas menemani ke bank. Jangan bayar siapa pun.',
  decided: 'berkas sudah lengkap',
  reasons: 'penjualan setahun di atas Rp4.800.000.000 dan belum ada NIB',
  steps: 'NIB, lalu pinjam paling banyak Rp50.000.000, atau NIB, lalu NPWP',
  word: 'izin usaha',
  goal: 'bunga dibayar kota',
  to: '100.000.000',
  step: 'surat usaha dari kelurahan',
  // What KUR lends, and how long one pays.
  most: 'Rp500.000.000',
  free: 'Rp50.000.000',
  work: '48 bulan',
  long: '60 bulan',
  limit: '4.800.000.000',
  rate: '6,25 persen',
  rate_high: '6,25 persen',
  payment: 'Rp100.000.000',
  payment_high: 'Rp100.000.000',
  payment_city: 'Rp100.000.000',
  interest: 'Rp100.000.000',
  interest_high: 'Rp100.000.000',
  office_when: 'Biasanya kantor buka sampai pukul sebelas lewat 45 menit siang. Nanti petugas membalas di sini.',
};
