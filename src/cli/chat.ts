/**
 * `npm run chat`: the simulator in the terminal. `--url` and `--phone` say where; `--file` keeps a transcript. Lines may
 * also be piped in: each waits for the answers to the one before.
 */
import { appendFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { numberedText } from '../channels/channel.ts';
import { messageOf } from '../shared/errors.ts';

interface Message {
  direction: 'in' | 'out';
  text: string;
  options: { id: string; label: string }[];
  numbered: boolean;
  at: number;
}

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:3000' },
    phone: { type: 'string', default: '1' },
    file: { type: 'string' },
  },
});
const here = `${values.url}/chat/${values.phone}/messages`;

/** An answer that takes longer is shown when it comes; the next line is sent all the same. */
const ANSWER_WITHIN = 10_000;
/** A quiet time after an answer that ends it: a turn may bring two messages. */
const QUIET = 400;

let seen = 0;

async function fetchNew(): Promise<Message[]> {
  const response = await fetch(`${here}?after=${seen}&limit=500`);
  const { messages } = (await response.json()) as { messages: Message[] };
  seen = Math.max(seen, ...messages.map(({ at }) => at));
  return messages.filter(({ direction }) => direction === 'out');
}

function show(speaker: string, text: string): void {
  const block = `${speaker}: ${text.replaceAll('\n', '\n   ')}\n`;
  if (speaker !== 'Saya') process.stdout.write(`${block}\n`);
  if (values.file !== undefined) appendFileSync(values.file, `${block}\n`);
}

async function say(text: string): Promise<void> {
  show('Saya', text);
  const id = randomUUID();
  for (let pause = 500; ; pause = Math.min(pause * 2, 5_000)) {
    const body = JSON.stringify({ id, kind: 'text', text });
    const response = await fetch(here, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    if (response.ok) break;
    if (response.status !== 503) throw new Error(await response.text());
    process.stderr.write('Sedang sibuk, dicoba lagi …\n');
    await new Promise((wake) => setTimeout(wake, pause));
  }
  const deadline = Date.now() + ANSWER_WITHIN;
  for (let quietSince = 0; Date.now() < deadline && (quietSince === 0 || Date.now() - quietSince < QUIET);) {
    const messages = await fetchNew();
    for (const message of messages) show('Kawan', numberedText(message));
    if (messages.length > 0) quietSince = Date.now();
    await new Promise((wake) => setTimeout(wake, 50));
  }
}

try {
  for (const message of await fetchNew()) show('Kawan', numberedText(message));
  const input = createInterface({
    input: process.stdin,
    output: process.stdout,
    prompt: '> ',
    terminal: process.stdin.isTTY,
  });
  input.prompt();
  for await (const line of input) {
    if (line.trim() !== '') await say(line);
    input.prompt();
  }
} catch (error) {
  process.stderr.write(
    `No conversation with ${values.url} (${messageOf(error)}). Is it running? Start it with: npm start\n`,
  );
  process.exitCode = 1;
}
