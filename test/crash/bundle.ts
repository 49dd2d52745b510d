/** The child in one file, so that the many starts of a crash run take a fraction of the time. The code is the same. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Packages that the driver loads only when they are there; they are not. */
const optional = [
  'kerberos',
  '@mongodb-js/zstd',
  'snappy',
  'mongodb-client-encryption',
  'aws4',
  'gcp-metadata',
  'socks',
  '@aws-sdk/credential-providers',
  // Native code, found in node_modules: the bundle stands inside the project.
  'sharp',
  '@node-rs/argon2',
  // Loaded only where WhatsApp is switched on; these children have a channel of their own.
  'whatsapp-web.js',
];

/** Some packages inside are of the older kind of module and look for these names. */
const banner = `import { createRequire as makeRequire } from 'node:module';
import { fileURLToPath as pathOfUrl } from 'node:url';
import { dirname as folderOf } from 'node:path';
const require = makeRequire(import.meta.url), __filename = pathOfUrl(import.meta.url), __dirname = folderOf(__filename);`;

export async function bundle(entry: string): Promise<{ file: string; remove(): void }> {
  mkdirSync('.cache', { recursive: true });
  const folder = mkdtempSync(join('.cache', 'crash-child-'));
  const file = join(folder, 'child.mjs');
  await build({
    entryPoints: [entry],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: optional,
    banner: { js: banner },
    logLevel: 'error',
  });
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
