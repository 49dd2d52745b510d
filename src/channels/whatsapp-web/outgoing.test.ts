/** A message in the parts that WhatsApp takes. */
import { expect, it } from 'vitest';
import { partsOf } from './outgoing.ts';

const message = { id: '1', to: 'wa:1@c.us', text: 'Ini suaranya', options: [], numbered: false };
const file = (type: string) => ({ type, name: 'suara.ogg', bytes: Buffer.from('OggS') });
const kindsOf = (text: string, type?: string) =>
  partsOf({ ...message, text }, type === undefined ? undefined : file(type)).map((part) => `${part.kind}:${part.text}`);

it('puts words under a picture, after a voice note, and says nothing empty', () => {
  expect(kindsOf('Halo')).toEqual(['text:Halo']);
  expect(kindsOf('Halo', 'image/png')).toEqual(['file:Halo']);
  expect(kindsOf('Halo', 'audio/ogg; codecs=opus')).toEqual(['file:', 'text:Halo']);
  expect(kindsOf('', 'audio/ogg; codecs=opus')).toEqual(['file:']);
  expect(kindsOf('', 'image/png')).toEqual(['file:']);
});
