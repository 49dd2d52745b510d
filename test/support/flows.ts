/** The shipped flows in a folder of their own, with a pace that a test can wait for. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** No limit a day and no warm-up; the pace itself only where it is given. Returns the folder of the flows. */
export function flowsWithoutLimits(folder: string, perMinute?: number): string {
  const flows = join(folder, 'flows');
  cpSync('flows', flows, { recursive: true });
  const file = join(flows, 'shared', 'outreach.yaml');
  const settings = readFileSync(file, 'utf8')
    .replace(/daily: .*/, 'daily: 10000000')
    .replace(/warmUp: .*/, 'warmUp: []')
    .replace(/broadcastShare: .*/, 'broadcastShare: 1');
  writeFileSync(
    file,
    perMinute === undefined ? settings : settings.replace(/perMinute: .*/, `perMinute: ${perMinute}`),
  );
  return flows;
}
