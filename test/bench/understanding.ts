/** How many texts a second are understood: the shipped corpus over and over, every kind of question in turn. */
import { readFileSync } from 'node:fs';
import { understand, type Gazetteer, type Question } from '../../src/understanding/index.ts';

/** Enough rounds that one measurement takes a noticeable part of a second. */
const ROUNDS = 20;

export function benchUnderstanding(places: Gazetteer, rounds: number): { texts_per_s: number } {
  const questions = readFileSync('test/fixtures/corpus/dev.jsonl', 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Question);
  const speeds = Array.from({ length: rounds + 1 }, () => {
    const began = process.hrtime.bigint();
    for (let round = 0; round < ROUNDS; round++) for (const question of questions) understand(question, places);
    return (questions.length * ROUNDS * 1e9) / Number(process.hrtime.bigint() - began);
  });
  // The first round compiles.
  const sorted = speeds.slice(1).sort((a, b) => a - b);
  return { texts_per_s: Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0) };
}
