/** A number is whole for its owner and masked for everybody else, wherever its text is put; what is written opens nothing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf, masked, maskedWhole, put, revealed, unmasked, type Wording } from './sealed-text.ts';

const NIK = '6372025708650001';
const open = (sealed: string) => (sealed === 'sealed' ? NIK : undefined);
const mask = maskedWhole('0001');
const number: Wording = { text: mask, masks: [{ from: 0, to: mask.length, sealed: 'sealed' }] };

describe('a number in a text of ours', () => {
  it('is whole for its owner and masked for everybody else', () => {
    const wording = put('NIK-nya ', number, ', betul?');
    expect(revealed(wording, open)).toBe('NIK-nya 6372 0257 0865 0001, betul?');
    expect(wording.text).toBe(`NIK-nya •••• •••• ${masked('0001')}, betul?`);
    expect(revealed(wording, () => undefined)).toBe(wording.text);
  });

  it('keeps its place however texts are put together and taken apart', () => {
    const piece = fc.oneof(fc.string({ unit: 'binary' }), fc.constant('\n'), fc.constant(number));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const whole = put(...pieces);
        const expected = pieces.map((one) => (typeof one === 'string' ? one : '6372 0257 0865 0001')).join('');
        expect(revealed(whole, open)).toBe(expected);
        expect(linesOf(whole).flatMap((line) => revealed(line, open))).toEqual(expected.split('\n'));
      }),
      { numRuns: 50 },
    );
  });

  it('is not made by anything that is written', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const written of [text, `⟦0001:${text}⟧`, mask, `${mask}${text}`])
          expect(unmasked(put(written), () => NIK)).toBe(written);
      }),
    );
  });
});
