/** How the time of every reader, and of a whole turn, grows with the length of a text that is made to be slow. */
import { guarded } from '../../src/conversation/hidden.ts';
import { newConversation, route, type Routes } from '../../src/conversation/route.ts';
import { start, type Session } from '../../src/engine/index.ts';
import * as understanding from '../../src/understanding/index.ts';
import { after, content, library, now, settle } from '../support/engine.ts';

/** Each is said over and over, up to the length that is timed. */
const said: readonly string[] = [
  ...[' ', '\n', '\t ', 'a', '1', '1 ', '1,', '1,1,1 ', '1-', '.', '. ', ', ', '?', "'"],
  ...['kode ', 'kode: ', 'nama ', 'saya ', 'bukan ', 'bukan, ', 'jangan kirim ', 'tidak mau ', 'eh ', 'dulu sekarang '],
  ...[
    'dua ribu ',
    'setengah juta ',
    'tgl 5 bulan ',
    'tahun ',
    'jakarta ',
    'palam ',
    'daftar logo nama usaha ',
    'ass',
    'siti ',
  ],
  ...['e\u0301', '\u0301', '\u200F', '👩‍🎨', '1\uFE0F\u20E3', 'ﷺ', 'я', 'яjual ', 'jual'],
];

/** A quarter of what is read of a text, a half, and all. */
const { LONGEST_TEXT } = understanding;
const lengths = [LONGEST_TEXT / 4, LONGEST_TEXT / 2, LONGEST_TEXT] as const;

/** Twice the length may take this often the time: twice, and what a busy machine adds. */
const MOST = 3;

/** What takes less in all, in milliseconds, holds nobody up, and cannot be timed well. */
const SHORT = 30;

export interface Growth {
  what: string;
  said: string;
  /** Milliseconds at each of the lengths. */
  times: readonly number[];
  /** From half of the length to all of it. */
  ratio: number;
}

/** The slowest text of each reader and of the turn; `slow`: those that grow by more than their share. */
export function growths(): { slowest: readonly Growth[]; slow: readonly Growth[] } {
  const all = Object.entries(timed()).map(([what, run]) => said.map((one) => growth(what, one, run)));
  const last = ({ times }: Growth) => times.at(-1) ?? 0;
  const slowest = all.flatMap((of) => of.sort((a, b) => last(b) - last(a)).slice(0, 1));
  return { slowest, slow: all.flat().filter((one) => one.ratio > MOST && last(one) > SHORT) };
}

function growth(what: string, one: string, run: (text: string) => unknown): Growth {
  const times = lengths.map((length) => {
    const text = one.repeat(Math.ceil(length / one.length)).slice(0, length);
    return Math.min(...[1, 2].map(() => duration(() => run(text))));
  });
  return { what, said: one, times, ratio: (times.at(-1) ?? 0) / Math.max(times.at(-2) ?? 0, 0.1) };
}

/** Of the processor, so that whatever else the machine does is not counted. */
function duration(run: () => unknown): number {
  const began = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1_000;
}

/** Every reader, with what it needs beside the text, and a turn at each question of a registration and at the menu. */
function timed(): Record<string, (text: string) => unknown> {
  const { areas, cities, keywords } = content;
  const { understand, expectKinds } = understanding;
  const options = keywords.map(({ id, words: [label = ''] }) => ({ id, label }));
  return {
    ...plainReaders,
    ...Object.fromEntries(
      expectKinds.map((expect) => [
        `understand ${expect}`,
        (text: string) => understand({ expect, text, past: true, options }, { areas, cities }),
      ]),
    ),
    readChoices: (text) => understanding.readChoices(text, keywords),
    isNamed: (text) => understanding.isNamed(text, keywords),
    turn,
  };
}

const {
  findSecrets,
  normalise,
  readCode,
  readCommand,
  readDoubt,
  readGreeting,
  readMonths,
  readNib,
  readText,
  readYesNo,
} = understanding;
const plainReaders: Record<string, (text: string) => unknown> = {
  ...{
    findSecrets,
    normalise,
    readCode,
    readCommand,
    readDoubt,
    readGreeting,
    readMonths,
    readNib,
    readText,
    readYesNo,
  },
};

const routes: Routes = {
  library,
  home: content.home,
  keywords: content.keywords,
  exact: content.exact,
  intents: content.intents,
};
const registration = ['ya', 'Siti Contoh', 'sasirangan', 'palam', 'sendiri', '12'];
const sessions: readonly (Session | null)[] = [
  ...registration.map((_, index) => after(...registration.slice(0, index + 1)).session),
  settle(start(library, 'menu', null, now)).session,
];

/** What one message of these words leads to, at every one of those questions in turn. */
function turn(text: string): void {
  const read = guarded(text, 'id', { seal: (written) => written }).text;
  const message = {
    channel: 'wire',
    externalId: '1',
    aliases: ['a'] as const,
    kind: 'text' as const,
    text: read,
    at: now,
  };
  for (const session of sessions)
    route(routes, { ...newConversation(message, 'id'), revision: 5, session, prompt: 'newest' }, message, now);
}
