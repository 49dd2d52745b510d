/** Puts the stub of WhatsApp Web together: one document that the library is given instead of the page of WhatsApp. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The name under which the library looks for the document. */
export const stubVersion = 'stub';

const read = (name: string): string => readFileSync(join(import.meta.dirname, name), 'utf8');

/** Writes the document into a folder. `server` is where the page finds its WhatsApp: "ws://127.0.0.1:40000". */
export function writeStub(folder: string, server: string): void {
  const scripts = [`window.stubServer = ${JSON.stringify(server)};`, ...['models.js', 'media.js', 'page.js'].map(read)];
  const page = read('page.html').replace('/* scripts */', () => scripts.join('\n'));
  writeFileSync(join(folder, `${stubVersion}.html`), page);
}
