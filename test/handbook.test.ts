/** The officers' handbook: every picture in it is there, every part of it can be reached, and no picture lies unused. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const text = readFileSync('docs/petugas.md', 'utf8');
const pictures = [...text.matchAll(/\]\(screenshots\/([^)]+)\)/g)].map(([, name]) => name ?? '');

it('shows pictures that the browser tests make, and all of them', () => {
  expect(pictures.filter((name) => !existsSync(`docs/screenshots/${name}`))).toEqual([]);
  const kept = readdirSync('docs/screenshots').filter((name) => name.startsWith('konsol-'));
  expect(kept.filter((name) => !pictures.includes(name))).toEqual([]);
});

it('leads to each of its parts', () => {
  const anchors = [...text.matchAll(/^## (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{Nd} -]/gu, '')
      .replaceAll(' ', '-'),
  );
  const links = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, link]) => link ?? '');
  expect(links).toEqual(anchors);
});
