/** What comes in is fit to be stored and read: masked, cut, and with nothing in it that we would take for a sign of ours. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ofContact, ofMessage, type Purpose } from '../shared/purpose.ts';
import { LONGEST_TEXT } from '../understanding/index.ts';
import { guarded, opened } from './hidden.ts';

const NIK = '6372025708650001';
/** A vault that anybody can read. */
const plain = {
  seal: (text: string, purpose: Purpose) => JSON.stringify([text, purpose]),
  open(sealed: string, purpose: Purpose) {
    const [text, sealedFor] = JSON.parse(sealed) as [string, Purpose];
    return JSON.stringify(sealedFor) === JSON.stringify(purpose) ? text : undefined;
  },
};
const message = { channel: 'wire', externalId: '1', aliases: ['siti'] as const, kind: 'text' as const, at: 0 };
const read = (text: string) =>
  opened({ ...message, aliases: ['siti'], ...guarded(text, 'm', plain), id: 'm' }, 'wire:siti', plain);

describe('a text that comes in', () => {
  it('hides a number, and gives it to the turn sealed for the contact', () => {
    const { text, masks } = guarded(`nik ${NIK} ya`, 'm', plain);
    expect(text).toBe('nik [nomor …0001] ya');
    expect(masks).toEqual([{ from: 4, to: 17, sealed: plain.seal(NIK, ofMessage('m')) }]);
    const sealed = plain.seal(NIK, ofContact('wire:siti'));
    expect(read(`nik ${NIK} ya`)).toMatchObject({
      text: 'nik █ ya',
      hidden: { numbers: [{ written: NIK, sealed }], code: false },
    });
  });

  it('is read as written where it only looks like a mask of ours', () => {
    expect(read(`[nomor …0001] [disembunyikan] █ ${NIK}`)).toMatchObject({
      text: '[nomor …0001] [disembunyikan]  █',
      hidden: { numbers: [{ written: NIK }] },
    });
    expect(read('[disembunyikan] █').hidden).toBeUndefined();
  });

  it('opens as no other message', () => {
    const taken = guarded(NIK, 'another', plain);
    expect(opened({ ...message, aliases: ['siti'], ...taken, id: 'm' }, 'wire:siti', plain).hidden?.numbers).toEqual(
      [],
    );
  });

  it.each([['a'.repeat(65_536)], ['\u0301'.repeat(20_000)], [`${'a'.repeat(LONGEST_TEXT - 1)}👩‍🎨👩‍🎨`]])(
    'D13: is cut between letters, before anything reads it',
    (body) => {
      const { text } = guarded(body, 'm', plain);
      expect(LONGEST_TEXT - text.length).toBeLessThan(2);
      expect(text).not.toMatch(/\p{Surrogate}/u);
      expect(body.startsWith(text)).toBe(true);
    },
  );

  it('has an end; all of it is kept, masked', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom(NIK, ' ', 'kode 482913 ', '😀', '\n'),
    );
    const text = fc
      .tuple(fc.array(piece), fc.integer({ min: 0, max: 80 }))
      .map(([pieces, times]) => pieces.join('').repeat(times));
    fc.assert(
      fc.property(text, (written) => {
        const { text: kept, masks = [], whole } = guarded(written, 'm', plain);
        expect(kept.length).toBeLessThanOrEqual(LONGEST_TEXT);
        expect((whole ?? kept).startsWith(kept)).toBe(true);
        expect(whole === undefined).toBe((whole ?? kept).length <= LONGEST_TEXT);
        expect(`${kept}${whole ?? ''}`).not.toContain(NIK);
        for (const { from, to } of masks) expect(kept.slice(from, to)).toMatch(/^\[(?:nomor ….{4}|disembunyikan)\]$/u);
      }),
      { numRuns: 20 },
    );
  });
});
