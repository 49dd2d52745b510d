/** Where a message goes: quoted and bare digits, keywords, wishes, questions, and the long silence. */
import { describe, expect, it } from 'vitest';
import { content, library, now, settle } from '../../test/support/engine.ts';
import { start, topFrame, type Effect, type Session } from '../engine/index.ts';
import type { IncomingMessage } from '../channels/channel.ts';
import { DAY } from '../shared/clock.ts';
import { inputOf, newConversation, route, type Routes } from './route.ts';
import type { Conversation } from './ports.ts';

const routes: Routes = {
  library,
  home: content.home,
  keywords: content.keywords,
  exact: content.exact,
  intents: content.intents,
};
const message = (text: string, more: Partial<IncomingMessage> = {}): IncomingMessage => ({
  ...{ channel: 'wire', externalId: '1', aliases: ['a'] as const, kind: 'text' as const, text, at: now },
  ...more,
});
const menu: Session = settle(start(library, 'menu', null, now)).session;
const talking = (more: Partial<Conversation> = {}): Conversation => ({
  ...newConversation(message(''), 'id'),
  ...{ revision: 5, session: menu, prompt: 'newest' },
  ...more,
});
const flow = (text: string, conversation = talking(), at = now) =>
  topFrame(route(routes, conversation, message(text), at)?.session ?? null)?.flow;
const keys = (effects: readonly Effect[] = []): string[] =>
  effects.flatMap((effect) =>
    effect.type === 'say' || effect.type === 'ask' ? [...effect.before, effect.text].map(({ key }) => key) : [],
  );

describe('a digit', () => {
  it('under the newest question or under none answers it', () => {
    expect(inputOf(talking(), message('1'))).toEqual({ type: 'text', text: '1', sent: now });
    expect(inputOf(talking(), message('1', { quoted: 'newest' }))).toEqual({ type: 'text', text: '1', sent: now });
  });

  it('under an older question is asked again, words are not', () => {
    expect(inputOf(talking(), message('1.', { quoted: 'older' }))).toMatchObject({ type: 'tap', stale: true });
    expect(inputOf(talking(), message('palam', { quoted: 'older' }))).toEqual({
      type: 'text',
      text: 'palam',
      sent: now,
    });
  });
});

describe('at the menu', () => {
  it.each([
    ['nomor saya', 'card'],
    ['data ulun', 'mine'],
    ['ganti orang', 'switch'],
    ['tarik izin', 'withdraw'],
    ['hapus data saya', 'erase'],
    ['perbaiki', 'register'],
    ['ulun handak umpat latihan', 'events'],
    ['kada kawa umpat latihan lusa', 'not_coming'],
    ['berapa biaya bikin nib?', 'menu'],
  ])('"%s" leads to %s', (text, wanted) => expect(flow(text)).toBe(wanted));

  it('gives a person to who asks for one, not an answer about persons', () => {
    const step = route(routes, talking(), message('pandirakan haja lawan bu dinas, ulun kada paham HP'), now);
    expect(keys(step?.effects)).toEqual(['person.told']);
    expect(step?.effects).toContainEqual(expect.objectContaining({ type: 'case', kind: 'person' }));
  });

  it('leaves the menu behind what was asked for, as its own options do', () => {
    expect(route(routes, talking(), message('data saya'), now)?.session.frames.map((frame) => frame.flow)).toEqual([
      'mine',
    ]);
  });
});

describe('where one is told what help there is', () => {
  const information = talking({ session: settle(start(library, 'information', null, now)).session });
  it('another wish is followed, and a topic is chosen', () => {
    expect(flow('handak daftar tapi takut salah', information)).toBe('register');
    expect(flow('ulun handak injam duit gasan manukar kain', information)).toBe('kur');
  });
});

describe('a topic that is told in a sentence', () => {
  it('is explained at once', () => {
    const step = route(routes, talking(), message('ulun handak injam duit gasan manukar kain'), now);
    expect(keys(step?.effects)).toEqual(['kur.what']);
  });
});

describe('after a long silence', () => {
  const known = talking({ persons: ['p-1'] });
  it('it is asked who writes, before anything personal is shown', () => {
    expect(flow('nomor saya', known, now + 89 * DAY)).toBe('card');
    expect(flow('nomor saya', known, now + 90 * DAY)).toBe('identify');
    expect(flow('halo', talking(), now + 400 * DAY)).toBe('menu');
  });

  it('it is asked once, and the answer is taken', () => {
    const asked = route(routes, known, message('halo'), now + 91 * DAY);
    expect(asked?.effects).toMatchObject([{ type: 'do', action: 'registration.lock' }]);
    // Nothing that was begun is beneath it: a form shows what was answered.
    expect(asked?.session.frames.map((frame) => frame.flow)).toEqual(['identify']);
    expect(asked?.session).not.toHaveProperty('kept');
    const then = settle({ session: asked?.session ?? menu, effects: asked?.effects ?? [] });
    expect(keys(then.effects)).toEqual(['identify.hello', 'reopen.number.ask']);
  });
});
