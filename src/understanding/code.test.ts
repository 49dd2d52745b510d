import { expect, it } from 'vitest';
import { readCode } from './code.ts';

it.each([
  ['4821', '4821'],
  ['kodenya 4821 bu', '4821'],
  ['48 21', '4821'],
  ['４８２１', '4821'],
  ['empat delapan dua satu', '4821'],
  ['0042', '0042'],
])('"%s" is the code %s', (text, code) => expect(readCode(text)).toEqual({ understood: true, value: code }));

it.each(['751 793', 'nomornya 751-793 bu', 'tujuh lima satu tujuh sembilan tiga'])('"%s" has six digits', (text) =>
  expect(readCode(text, 6)).toEqual({ understood: true, value: '751793' }),
);

it.each(['482', '48211', '48O1', '4821 atau 4822', 'kada tahu', ''])('"%s" is no code', (text) =>
  expect(readCode(text).understood).toBe(false),
);
