/** Telephone and identity numbers by table. The numbers are invented. */
import { describe, expect, it } from 'vitest';
import { readNik, readPhone } from './index.ts';

describe('phone', () => {
  it.each([
    ['081250001234', '6281250001234'],
    ['bukan 081250001234 tapi 081350001234', '6281350001234'],
    ['0812 5000 1234 sekarang aktif', '6281250001234'],
    ['0812-5000-1234 rumah no 12', '6281250001234'],
    ['O81250001234', null],
    ['08125OOO1234', null],
    ['0511 4770000', null],
    ['081250001234\n081350001234', null],
    ['12', null],
    // Copied out of a contact or a PDF (A8): direction marks, a variation selector, full-width digits.
    ['\u202A+62 812 5000 1234\u202C', '6281250001234'],
    ['0812\uFE0F5000\uFE0F1234', '6281250001234'],
    ['＋６２８１２５０００１２３４', '6281250001234'],
  ])('%s -> %s', (text, right) => {
    const reading = readPhone(text);
    expect(reading.understood ? reading.value : null).toBe(right);
  });
});

describe('nik', () => {
  it.each([
    ['6372 0317 0860 0002', '6372031708600002'],
    ['NIK: 6372031708600002, KK ada juga', null],
    ['6372031708600002 dan 6372031708600003', null],
    ['6372033002600002', null],
    ['637203170860000l', null],
  ])('%s -> %s', (text, right) => {
    const reading = readNik(text);
    expect(reading.understood ? reading.value : null).toBe(right);
  });
});
