/** B3: two machines that talk to each other come to an end; people are not held up. */
import { describe, expect, it } from 'vitest';
import { DAY, MINUTE, SECOND } from '../shared/clock.ts';
import { LoopBrake, type Verdict } from './brake.ts';

const limits = { answers: 40, within: 5 * MINUTE, identical: 6, rest: 30 * MINUTE };

/** Verdicts on messages of one contact, so many milliseconds apart. */
function judged(texts: readonly string[], apart: number, brake = new LoopBrake(limits), from = 0): Verdict[] {
  return texts.map((text, index) => brake.judge('a', text, from + index * apart));
}
const different = (count: number): string[] => Array.from({ length: count }, (_, index) => `jawaban nomor ${index}`);

describe('the brake', () => {
  it('B3: stops a machine that answers at once, and says so once', () => {
    const verdicts = judged(different(100), 2 * SECOND);
    expect(verdicts.indexOf('last')).toBe(40);
    expect(verdicts.filter((verdict) => verdict === 'last')).toHaveLength(1);
    expect(verdicts.slice(41).every((verdict) => verdict === 'silent')).toBe(true);
  });

  it('B3: stops who says the same long text again and again', () =>
    expect(judged(Array(8).fill('Pesan ini dijawab otomatis.') as string[], MINUTE).indexOf('last')).toBe(5));

  it('lets people answer "1" as often as they like', () =>
    expect(new Set(judged(Array(30).fill('1') as string[], 11 * SECOND))).toEqual(new Set(['go'])));

  it('lets a quick person fill a form', () =>
    expect(new Set(judged(different(39), 3 * SECOND))).toEqual(new Set(['go'])));

  it('lets go after the rest, which is twice as long the next time, and a day at most', () => {
    const brake = new LoopBrake(limits);
    judged(different(41), 1, brake);
    expect(brake.judge('a', 'halo', 29 * MINUTE)).toBe('silent');
    expect(brake.judge('a', 'halo', 31 * MINUTE)).toBe('go');
    judged(different(41), 1, brake, 32 * MINUTE);
    expect(brake.judge('a', 'halo', 90 * MINUTE)).toBe('silent');
    expect(brake.judge('a', 'halo', 93 * MINUTE)).toBe('go');
    for (let trip = 1; trip < 12; trip++) judged(different(41), 1, brake, trip * 2 * DAY);
    expect(brake.judge('a', 'halo', 11 * 2 * DAY + DAY + MINUTE)).toBe('go');
  });

  it('holds nobody else up', () => {
    const brake = new LoopBrake(limits);
    judged(different(50), 1, brake);
    expect(brake.judge('b', 'halo', 60)).toBe('go');
  });
});
