/** The life of a connection as a table: what may follow what, and how long it rests. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  drawMachine,
  hasBrowser,
  isFinal,
  next,
  pageStates,
  restAfter,
  states,
  timing,
  transitions,
} from './machine.ts';

describe('the states', () => {
  it('go from nothing to messages', () => {
    const path = ['start', 'leased', 'code shown', 'authenticated', 'ready'] as const;
    expect(path.reduce((state, event) => next(state, event), 'off' as (typeof states)[number])).toBe('ready');
  });

  it('E2: what repeats itself changes nothing', () => {
    for (const event of ['ready', 'authenticated', 'code shown', 'leased', 'rested'] as const)
      expect(next('ready', event)).toBe('ready');
  });

  it('E4: a code that comes after all is linked is an old one', () => {
    expect(next('syncing', 'code shown')).toBe('syncing');
    expect(next('ready', 'code shown')).toBe('ready');
  });

  it('E5: an unlinked device stays so until somebody acts', () => {
    for (const state of states.filter(hasBrowser)) expect(next(state, 'logout')).toBe('unlinked');
    expect(Object.keys(transitions.unlinked)).toEqual(['stop']);
    expect(states.filter(isFinal)).toEqual(['unlinked', 'refused']);
  });

  it.each([
    ['TOS_BLOCK', 'refused'],
    ['SMB_TOS_BLOCK', 'refused'],
    ['PROXYBLOCK', 'refused'],
    ['DEPRECATED_VERSION', 'refused'],
    ['CONFLICT', 'resting'],
    ['UNPAIRED', 'unlinked'],
  ])('E25: the page’s %s ends in %s', (state, end) => {
    const event = pageStates[state];
    expect(event && next('ready', event)).toBe(end);
  });

  it('can be reached, all of them, and left, all that are not final', () => {
    const reached = new Set(states.flatMap((state) => Object.values(transitions[state])));
    expect(states.filter((state) => !reached.has(state))).toEqual([]);
    for (const state of states) expect(next(state, state === 'off' ? 'start' : 'stop')).not.toBe(state);
  });

  it('stand in docs/whatsapp.md as they are', () =>
    expect(readFileSync('docs/whatsapp.md', 'utf8')).toContain(`\`\`\`mermaid\n${drawMachine()}\n\`\`\``));
});

describe('rest', () => {
  const rests = (event: 'failed' | 'conflict') =>
    Array.from({ length: 12 }, (_, index) => restAfter(index + 1, event, timing, 0.5));

  it('E14: grows to its limit and never ends', () => {
    const all = rests('failed');
    expect(all[0]).toBe(2_000);
    expect(all.every((rest, index) => index === 0 || rest >= (all[index - 1] ?? 0))).toBe(true);
    expect(all.at(-1)).toBe(timing.longestRest);
  });

  it('E6: is longer where WhatsApp Web is open elsewhere, so that two do not chase each other', () => {
    expect(rests('conflict')[0]).toBe(timing.conflict);
    // Three in the first quarter of an hour at most.
    const [first = 0, second = 0, third = 0] = rests('conflict');
    expect(first + second + third).toBeGreaterThanOrEqual(840_000);
  });

  it('E6: is not the same for two that failed together', () =>
    expect(restAfter(3, 'failed', timing, 0)).not.toBe(restAfter(3, 'failed', timing, 1)));

  it('E20: is none when a browser is only to be fresh', () => expect(restAfter(0, 'fresh start', timing, 0.5)).toBe(0));
});
