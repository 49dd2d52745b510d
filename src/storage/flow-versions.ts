/** Flows of every deploy, by name and content hash, so that a conversation ends with the flow it began with. */
import type { FlowVersions } from '../content/library.ts';
import type { FlowFile } from '../engine/index.ts';
import type { Models } from './models/index.ts';
import { orBusy } from './transient.ts';

export function createFlowVersions({ flowVersions }: Pick<Models, 'flowVersions'>): FlowVersions {
  const key = (flow: string, version: string) => `${flow}@${version}`;
  return {
    async save(sources) {
      const operations = sources.map(({ programme, file, version }) => ({
        updateOne: {
          filter: { _id: key(file.flow, version) },
          update: { $setOnInsert: { programme, version, file: JSON.stringify(file), savedAt: new Date() } },
          upsert: true,
        },
      }));
      await orBusy(() => flowVersions.collection.bulkWrite(operations as never[], { ordered: false }));
    },
    async find(flow, version) {
      const found = await orBusy(() => flowVersions.findById(key(flow, version)).lean());
      return found ? { programme: found.programme, version, file: JSON.parse(found.file) as FlowFile } : undefined;
    },
  };
}
