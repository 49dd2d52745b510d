/** Addresses: only the part behind "@" says what one is. */
import { describe, expect, it } from 'vitest';
import { aliasOf, idOf, isPerson, keyOf, kindOf, type PersonId } from './ids.ts';

describe('addresses', () => {
  it.each([
    ['15550100001@c.us', 'phone'],
    ['900000000000001@lid', 'lid'],
    ['120363000000000001@g.us', 'group'],
    ['120363000000000009@newsletter', 'newsletter'],
    ['status@broadcast', 'broadcast'],
    ['15550100001@unknown', 'unknown'],
    ['15550100001', 'unknown'],
    ['@c.us', 'unknown'],
    ['1@lid@c.us', 'unknown'],
    ['', 'unknown'],
  ])('%s is a %s', (id, kind) => expect(kindOf(id)).toBe(kind));

  it('A5: a lid is never taken for a phone number, whatever its digits', () => {
    const lid = '15550100001@lid';
    expect(kindOf(lid)).toBe('lid');
    expect(isPerson(lid) && aliasOf(lid)).toBe('wa:15550100001@lid');
    expect(idOf('wa:15550100001@lid')).toBe(lid);
    // @ts-expect-error: digits glued to a server are no address
    const glued: PersonId = `15550100001@c.us`;
    expect(isPerson(glued)).toBe(true);
  });

  it.each(['wa:120363000000000001@g.us', 'wa:status@broadcast', 'wa:x@unknown', 'sim:7', 'somebody else', ''])(
    'B4: "%s" is nobody to write to',
    (alias) => expect(() => idOf(alias)).toThrow(/no person/),
  );
});

describe('the key of a message', () => {
  const parts = { fromMe: false, remote: '15550100001@c.us', id: 'AA01' };
  it.each([
    ['its old name', { ...parts, _serialized: 'false_15550100001@c.us_AA01' }],
    ['its new name', { ...parts, $1: 'false_15550100001@c.us_AA01' }],
    ['no name at all', parts],
    ['an object as the chat', { ...parts, remote: { _serialized: '15550100001@c.us' } }],
  ])('A7: is the same under %s', (_name, raw) =>
    expect(keyOf(raw)).toEqual({
      ...{ fromMe: false, chat: '15550100001@c.us', id: 'AA01', written: 'false_15550100001@c.us_AA01' },
    }),
  );

  it('names the sender in a group', () =>
    expect(keyOf({ ...parts, remote: '1@g.us', participant: '2@c.us' }).written).toBe('false_1@g.us_AA01_2@c.us'));

  it('without its parts is refused', () =>
    expect(() => keyOf({ fromMe: false, id: 'AA01' })).toThrow(/without its key/));
});
