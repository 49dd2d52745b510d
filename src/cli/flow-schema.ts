/** Writes `flows/flow.schema.json`, by which editors check flow files while they are written. */
import { writeFileSync } from 'node:fs';
import { flowJsonSchema } from '../engine/index.ts';

/** The text of the schema file. */
export const flowSchemaText = (): string => `${JSON.stringify(flowJsonSchema(), null, 2)}\n`;

if (process.argv[1] === import.meta.filename) {
  writeFileSync('flows/flow.schema.json', flowSchemaText());
  console.log('flows/flow.schema.json written');
}
