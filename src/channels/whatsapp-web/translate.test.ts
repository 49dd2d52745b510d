/** From WhatsApp's messages to ours: what is dropped, what each type is, and what counts as words. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mediaKinds } from '../channel.ts';
import { drops, kindOfMessage, personal, translate, type RawMessage } from './translate.ts';

const raw = (more: Partial<RawMessage> = {}): RawMessage => ({
  ...{ id: { fromMe: false, remote: '15550100001@c.us', id: 'AA01' }, type: 'chat', body: '1', t: 1_795_000_000 },
  ...more,
});
const from = (remote: string, more: Partial<RawMessage> = {}): RawMessage =>
  raw({ id: { fromMe: false, remote, id: 'AA01' }, ...more });
const whole = (message: RawMessage) => {
  const found = personal(message);
  const kind = kindOfMessage(message);
  return 'drop' in found ? found : typeof kind === 'object' ? kind : translate(found, kind, {});
};

describe('what is not one person’s word to the office', () => {
  it.each([
    ['B1: own', raw({ id: { fromMe: true, remote: '15550100001@c.us', id: 'AA01' } }), 'own'],
    ['B4: a status', from('status@broadcast'), 'status'],
    ['B4: a status by its flag', raw({ isStatusV3: true }), 'status'],
    ['B4: a broadcast by its flag', raw({ broadcast: true }), 'broadcast'],
    ['B4: a broadcast list', from('15550100001@broadcast'), 'broadcast'],
    ['B5: a group', from('120363000000000001@g.us'), 'group'],
    ['B6: a channel', from('120363000000000009@newsletter'), 'newsletter'],
    ['B6: a server that nobody knows', from('x@unknown'), 'unknown server'],
    ['A7: no key', raw({ id: {} }), 'keyless'],
    ['own before all else', raw({ id: { fromMe: true, remote: 'status@broadcast', id: 'AA01' } }), 'own'],
  ] as const)('%s is dropped', (_name, message, drop) => expect(personal(message)).toEqual({ drop }));
});

/** Every type that the library names (its Constants.js, MessageTypes), read from the library itself. */
const libraryTypes = (): string[] => {
  const source = readFileSync('node_modules/whatsapp-web.js/src/util/Constants.js', 'utf8');
  const block = /MessageTypes = \{([^}]+)\}/.exec(source)?.[1] ?? '';
  return [...block.matchAll(/:\s*'([a-z0-9_]+)'/g)].map(([, type = '']) => type);
};

describe('types', () => {
  it('B9: each that the library names has a treatment, and none crashes', () => {
    const types = libraryTypes();
    expect(types.length).toBeGreaterThan(30);
    for (const type of types) {
      const outcome = whole(raw({ type, body: 'x'.repeat(3_000) }));
      if ('drop' in outcome) expect(drops).toContain(outcome.drop);
      else expect([...mediaKinds, 'text']).toContain(outcome.kind);
    }
  });

  it.each([
    ['chat', 'text'],
    ['ptt', 'voice'],
    ['audio', 'voice'],
    ['image', 'photo'],
    ['location', 'location'],
    ['vcard', 'contact'],
    ['multi_vcard', 'contact'],
    ['poll_creation', 'other'],
  ])('%s is %s', (type, kind) => expect(whole(raw({ type }))).toMatchObject({ kind }));

  it.each(['album', 'e2e_notification', 'protocol', 'gp2', 'notification_template', 'revoked', 'reaction'])(
    'B9: %s is nothing that a person said',
    (type) => expect(whole(raw({ type }))).toEqual({ drop: 'system' }),
  );

  it('B9: a type of tomorrow is dropped', () =>
    expect(whole(raw({ type: 'hologram' }))).toEqual({ drop: 'unknown type' }));
});

describe('words', () => {
  it.each(['image', 'video', 'location', 'document', 'vcard'])(
    'D8: the thumbnail in the body of a %s is never taken for an answer',
    (type) => expect(whole(raw({ type, body: 'iVBORw0KGgo'.repeat(300) }))).not.toHaveProperty('text'),
  );

  it('D13: a long text comes whole; it is cut where everything is taken in', () => {
    const body = 'a'.repeat(65_536);
    expect(whole(raw({ body }))).toMatchObject({ text: body });
  });

  it.each(['', ' ', '\n\n', '\u00a0', '…', '?!'])('D17: "%s" is a text like any other', (body) =>
    expect(whole(raw({ body }))).toMatchObject({ kind: 'text', text: body }),
  );

  it('D17: a body that is no text at all is an empty one', () =>
    expect(whole(raw({ body: { odd: true } }))).toMatchObject({ kind: 'text', text: '' }));

  it('D27: a disappearing message is a message', () =>
    expect(whole({ ...raw(), isEphemeral: true } as RawMessage)).toMatchObject({ kind: 'text', text: '1' }));

  it.each([{ lat: '91' }, { lat: null, lng: null }, { lat: 0, lng: 0 }, { lat: 'NaN', lng: 999, isLive: true }])(
    'D10: a place with odd coordinates is a place, and nothing is read from them',
    (place) => expect(whole({ ...raw({ type: 'location' }), ...place })).toMatchObject({ kind: 'location' }),
  );
});
