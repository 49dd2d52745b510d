/** Whose a message is: one account and one number a person, and a number that passed on takes nothing with it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY } from '../shared/clock.ts';
import type { Conversation } from './ports.ts';
import { whose, type AddressKind } from './whose.ts';

const kindOf: AddressKind = (alias) =>
  alias.startsWith('lid') ? 'account' : alias.startsWith('pn') ? 'number' : undefined;
const now = 200 * DAY;
const talk = (id: string, aliases: string[], more: Partial<Conversation> = {}): Conversation => ({
  ...{ id, channel: 'c', aliases, address: aliases[0] ?? '', revision: 3, session: null, language: 'id', muted: false },
  ...{ persons: ['p'], outbox: [], handled: {}, heardAt: now - DAY },
  ...more,
});
const told = (found: Conversation[], ...aliases: string[]) => {
  const { own, passing } = whose(found, aliases, kindOf, now);
  return {
    own: own.map(({ id }) => id),
    passing: passing.map(({ id, aliases: gone, address }) => [id, gone, address]),
  };
};

describe('a message', () => {
  it('of the same account and number is the same contact, by whichever it comes', () => {
    const known = talk('a', ['lid1', 'pn1']);
    for (const aliases of [['lid1', 'pn1'], ['pn1', 'lid1'], ['lid1'], ['pn1']])
      expect(told([known], ...aliases)).toEqual({ own: ['a'], passing: [] });
  });

  it('of a known number whose account is learned now is the same contact', () => {
    expect(told([talk('a', ['pn1'])], 'lid1', 'pn1')).toEqual({ own: ['a'], passing: [] });
    expect(told([talk('a', ['pn1']), talk('b', ['lid1'])], 'pn1', 'lid1').own).toEqual(['b', 'a']);
  });

  it('of another account at a known number is a new contact, and the number leaves the earlier one', () => {
    const known = talk('a', ['pn1', 'lid1']);
    for (const aliases of [
      ['lid2', 'pn1'],
      ['pn1', 'lid2'],
    ])
      expect(told([known], ...aliases)).toEqual({ own: [], passing: [['a', ['pn1'], 'lid1']] });
  });

  it('of a known account at somebody else’s number stays that account’s, and joins nobody', () => {
    const [mine, theirs] = [talk('a', ['lid1', 'pn1']), talk('b', ['lid2', 'pn2'])];
    expect(told([mine, theirs], 'lid1', 'pn2')).toEqual({
      own: ['a'],
      passing: [
        ['b', ['pn2'], 'lid2'],
        ['a', ['pn1'], 'lid1'],
      ],
    });
  });

  it('does not take over who has been silent for so long that the number may have passed on', () => {
    const [mine, silent] = [talk('a', ['lid1']), talk('b', ['pn1'], { heardAt: now - 90 * DAY })];
    expect(told([mine, silent], 'lid1', 'pn1')).toEqual({ own: ['a'], passing: [['b', ['pn1'], '']] });
  });

  it('of a channel that tells nothing of its addresses joins what it names', () => {
    expect(whose([talk('a', ['x']), talk('b', ['y'])], ['x', 'y'], () => undefined, now).own).toHaveLength(2);
  });
});

it('whatever comes, what is joined is one account and one number, and two accounts never are', () => {
  const message = fc
    .record({ lid: fc.constantFrom('lid1', 'lid2', 'lid3'), pn: fc.constantFrom('pn1', 'pn2', 'pn3'), only: fc.nat(3) })
    .map(({ lid, pn, only }) => (only === 0 ? [lid] : only === 1 ? [pn] : only === 2 ? [lid, pn] : [pn, lid]));
  fc.assert(
    fc.property(fc.array(message, { minLength: 1, maxLength: 12 }), (messages) => {
      let made = 0;
      let talks: Conversation[] = [];
      for (const aliases of messages) {
        const found = talks.filter((one) => aliases.some((known) => one.aliases.includes(known)));
        const { own, passing } = whose(found, aliases, kindOf, now);
        const gone = new Map(passing.map(({ id, aliases: left }) => [id, left]));
        const rest = talks.map((one) => ({
          ...one,
          aliases: one.aliases.filter((known) => !gone.get(one.id)?.includes(known)),
        }));
        const mine = new Set(own.map(({ id }) => id));
        const joined = rest.filter(({ id }) => mine.has(id)).flatMap((one) => one.aliases);
        talks = [
          ...rest.filter(({ id }) => !mine.has(id)),
          talk(own[0]?.id ?? `t${made++}`, [...new Set([...joined, ...aliases])]),
        ];
        const all = talks.flatMap((one) => one.aliases);
        expect(new Set(all).size).toBe(all.length);
        for (const one of talks)
          for (const kind of ['account', 'number'])
            expect(one.aliases.filter((known) => kindOf(known) === kind).length).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 300 },
  );
});
