/** Free questions against a set that was written before the thresholds were chosen: found, left to staff, or answered wrongly. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadFaq } from '../content/faq.ts';
import { createFaq } from './index.ts';

interface Question {
  text: string;
  answer: string | null;
}
const questions = readFileSync('test/fixtures/faq/questions.jsonl', 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Question);
const entries = loadFaq('flows');
const faq = createFaq(entries);

describe('the answers to free questions', () => {
  it('are sixty and more, and each question of the set names one that exists', () => {
    expect(entries.length).toBeGreaterThanOrEqual(60);
    const ids = new Set(entries.map(({ id }) => id));
    expect(questions.filter(({ answer }) => answer !== null && !ids.has(answer))).toEqual([]);
    expect(questions.length).toBeGreaterThanOrEqual(150);
  });

  it('are found for nine questions of ten, and none is wrong', () => {
    const answerable = questions.filter(({ answer }) => answer !== null);
    const got = questions.map(({ text, answer }) => ({ text, answer, got: faq(text) }));
    expect(got.filter(({ answer, got }) => got !== null && got !== answer)).toEqual([]);
    expect(got.filter(({ got }) => got !== null).length / answerable.length).toBeGreaterThanOrEqual(0.9);
  });

  it.each(['ini siapa?', 'siapa', 'berapa?', 'kapan', 'apa itu', 'kenapa begitu'])(
    'find nothing where no topic is named: %s',
    (text) => expect(faq(text)).toBeNull(),
  );

  it('find nothing in two thousand ordinary sentences', () => {
    const sentences = readFileSync('test/fixtures/nusax/sentences.txt', 'utf8').split('\n');
    expect(sentences.filter((text) => faq(text) !== null)).toEqual([]);
  });

  it('name no number where the fact is not settled', () => {
    const low = entries.filter(({ certainty, answer }) => certainty === 'low' && /\d/.test(answer));
    expect(low.map(({ id }) => id)).toEqual([]);
  });
});
