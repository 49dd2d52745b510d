/** A round of "ada yang salah" has an end. Pure. */
import { expect, it } from 'vitest';
import type { Effect } from '../engine/index.ts';
import { DAY, HOUR, MINUTE } from '../shared/clock.ts';
import { endRound, failure, type Broken } from './broken.ts';
import { newConversation } from './route.ts';

const message = { channel: 'wire', externalId: '1', aliases: ['a'] as const, kind: 'text' as const, at: 0 };
const conversation = (broken?: Broken) => ({ ...newConversation(message, 'id'), ...(broken && { broken }) });
const sharedText = (key: string) => ({ programme: 'shared', key });
const kinds = (effects: readonly Effect[]) => effects.map((one) => ('kind' in one ? one.kind : one.type));

const broken: readonly (readonly Effect[])[] = [
  failure,
  // As the engine says it: below what was understood, and above a menu.
  [{ type: 'say', before: [sharedText('engine.again')], text: sharedText('engine.broken') }],
  [{ type: 'say', before: [sharedText('engine.broken')], text: sharedText('again.welcome') }],
];

it.each(broken.map((effects) => [effects]))('is counted, and ends the second time', (effects) => {
  const once = endRound(conversation(), { session: null, effects }, 0);
  expect(once.effects).toEqual(effects);
  const twice = endRound(conversation(once.broken), { session: null, effects }, HOUR - MINUTE);
  expect(kinds(twice.effects)).toContain('broken');
  expect(JSON.stringify(twice.effects)).not.toContain('engine.broken');
});

it('what was broken yesterday belongs to no round, and a turn that is whole counts nothing', () => {
  expect(endRound(conversation({ times: 1, at: 0 }), { session: null, effects: failure }, DAY).broken?.times).toBe(1);
  const whole = { session: null, effects: [{ type: 'say', before: [], text: sharedText('again.welcome') } as const] };
  expect(endRound(conversation({ times: 1, at: 0 }), whole, 0)).toBe(whole);
});
