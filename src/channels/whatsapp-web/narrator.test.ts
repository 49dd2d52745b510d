/** "Without WhatsApp": it goes on trying, and one line a minute at most says so. */
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { ManualClock, MINUTE, SECOND } from '../../shared/clock.ts';
import { Narrator } from './narrator.ts';

function narrated() {
  const lines: { level: number; msg: string; kept?: number }[] = [];
  const to = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as (typeof lines)[number]);
      done();
    },
  });
  const clock = new ManualClock(Date.parse('2026-11-25T09:00:00+08:00'));
  return { narrator: new Narrator(pino(to), clock), clock, lines };
}

it('says of failures in a row one line a minute at most, with how many it kept back', () => {
  const { narrator, clock, lines } = narrated();
  for (let failures = 1; failures <= 61; failures++) {
    narrator.say('starting', 'resting', 'net::ERR_NAME_NOT_RESOLVED', failures);
    narrator.say('resting', 'starting', '', failures);
    clock.advance(2 * SECOND);
  }
  expect(lines).toHaveLength(3);
  expect(lines.map(({ kept }) => kept)).toEqual([undefined, 29, 29]);
});

it('says at once that all is well again, and then the next failure', () => {
  const { narrator, clock, lines } = narrated();
  narrator.say('starting', 'resting', 'x', 1);
  clock.advance(SECOND);
  narrator.say('syncing', 'ready', '', 1);
  clock.advance(SECOND);
  narrator.say('ready', 'resting', 'y', 1);
  expect(lines.map(({ msg }) => msg.slice(0, 30))).toEqual([
    'WhatsApp: starting → resting (',
    'WhatsApp: syncing → ready (mes',
    'WhatsApp: ready → resting (it ',
  ]);
  expect(clock.now()).toBeLessThan(Date.parse('2026-11-25T09:00:00+08:00') + MINUTE);
});

it('says loudly that only a person can help', () => {
  const { narrator, lines } = narrated();
  narrator.say('ready', 'unlinked', 'unlinked on the phone', 7);
  expect(lines[0]).toMatchObject({ level: 50 });
});
