/**
 * `npm run flows:draw`: one picture a flow, `docs/flows/<flow>.svg`: every node with its kind and name, every way with the
 * answer or outcome that leads there.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { readContent } from '../compose.ts';
import { drawFlow } from '../lint/picture.ts';

const folder = 'docs/flows';
const { sources } = readContent().flows;
mkdirSync(folder, { recursive: true });
for (const { file } of sources) writeFileSync(`${folder}/${file.flow}.svg`, await drawFlow(file));
console.log(`${sources.length} flows drawn into ${folder}/`);
