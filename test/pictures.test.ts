/** The pictures of the flows: every node and every outcome can be read, and what is kept in docs/ is of today. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readContent } from '../src/compose.ts';
import { drawFlow } from '../src/lint/picture.ts';

const { sources } = readContent().flows;

describe.each(sources)('$file.flow', ({ file }) => {
  it('shows every node and outcome, and stands in docs/flows as drawn by "npm run flows:draw"', async () => {
    const svg = await drawFlow(file);
    const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text.trim());
    const outcomes = Object.values(file.nodes).flatMap((node) => ('do' in node ? Object.keys(node.outcomes) : []));
    expect(texts).toEqual(expect.arrayContaining([...Object.keys(file.nodes), ...outcomes]));
    expect(readFileSync(`docs/flows/${file.flow}.svg`, 'utf8')).toBe(svg);
  });
});
