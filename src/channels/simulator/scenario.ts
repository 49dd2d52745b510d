/** A talk as a scenario file, such as stands in `flows/<programme>/scenarios`. Pure. */
import { DateTime } from 'luxon';
import { stringify } from 'yaml';
import { numberedText } from '../channel.ts';
import { DAY, HOUR } from '../../shared/clock.ts';
import type { ChatMessage } from './store.ts';

interface Turn {
  wait?: string;
  send: string | { tap: string } | { kind: string };
  back: string[];
}

/** What the person sent, what came back, and the silences of an hour and more between. Times are told in WITA. */
export function scenarioOf(messages: readonly ChatMessage[]): string {
  const turns: Turn[] = [];
  let before: number | undefined;
  for (const message of messages) {
    if (message.direction === 'out') turns.at(-1)?.back.push(numberedText(message));
    else turns.push({ ...waitOf(message.at, before), send: sendOf(message), back: [] });
    before = message.at;
  }
  const at = DateTime.fromMillis(messages[0]?.at ?? 0, { zone: 'Asia/Makassar' }).toISO({ suppressMilliseconds: true });
  return stringify({ title: 'Percakapan yang disimpan', at, turns }, { lineWidth: 0 });
}

function sendOf({ kind, text }: ChatMessage): Turn['send'] {
  if (kind === 'text') return text;
  return kind === 'tap' ? { tap: text } : { kind };
}

function waitOf(at: number, before: number | undefined): { wait?: string } {
  const silence = before === undefined ? 0 : at - before;
  if (silence < HOUR) return {};
  const [size, unit] = silence >= DAY ? [DAY, 'day'] : [HOUR, 'hour'];
  const count = Math.floor(silence / size);
  return { wait: `${count} ${unit}${count === 1 ? '' : 's'}` };
}
