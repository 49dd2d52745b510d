/** `npm run office -- <what> <how> …`: what the office does until it has pages. Every command takes --dry-run and --json. */
import { existsSync } from 'node:fs';
import { createSimulatorStore } from '../channels/simulator/store.ts';
import { ConfigError, readConfig, servesPeople } from '../config.ts';
import { loadContent, type Content } from '../content/library.ts';
import { createParts } from '../parts.ts';
import { actionsOf } from '../programmes/programme.ts';
import { ShiftableClock } from '../shared/clock.ts';
import { KawanError, StartError } from '../shared/errors.ts';
import { createLog } from '../shared/log.ts';
import { connectDatabase } from '../storage/connect.ts';
import { broadcastCommands, ledgerCommand, staffCommands } from './office/broadcast.ts';
import { print, readArguments, type Command } from './office/command.ts';
import { eventCommands } from './office/events.ts';

const groups: Readonly<Record<string, Readonly<Record<string, Command>>>> = {
  events: eventCommands,
  broadcast: broadcastCommands,
  staff: staffCommands,
};

const [what = '', ...rest] = process.argv.slice(2);
const command = what === 'ledger' ? ledgerCommand : groups[what]?.[rest[0] ?? ''];

if (!command) {
  const all = [...Object.values(groups).flatMap((group) => Object.values(group)), ledgerCommand];
  console.log('Every command takes --dry-run and --json.\n');
  for (const { usage, about } of all) console.log(`npm run office -- ${usage}\n    ${about}`);
  process.exitCode = what === '' || what === 'help' ? 0 : 1;
} else process.exitCode = await run(command, what === 'ledger' ? rest : rest.slice(1));

/** 0 when it was done, 1 with one clear sentence when it was not. */
async function run(chosen: Command, args: readonly string[]): Promise<number> {
  try {
    if (existsSync('.env')) process.loadEnvFile('.env');
    const { words, flags, dry, json } = readArguments(chosen, args);
    const config = readConfig(process.env);
    const database = await connectDatabase(config, createLog('error'), { beside: true });
    try {
      const serving = servesPeople(config);
      const parts = createParts(database, () => content, serving ? ['simulator'] : []);
      const actions = actionsOf(parts.programmes);
      const versions = { save: () => Promise.resolve(), find: () => Promise.resolve(undefined) };
      const content: Content = loadContent(
        { flows: 'flows', locales: 'locales' },
        (name) => actions.get(name),
        versions,
      );
      // Where the simulator's time was moved, the office lives in that time, too.
      const clock = new ShiftableClock();
      if (!serving) clock.setAhead(await createSimulatorStore(database).ahead());
      const office = { parts, content, now: clock.now(), dry };
      print(await chosen.run(office, words, flags), { json, dry });
      return 0;
    } finally {
      await database.close();
    }
  } catch (error) {
    const known =
      error instanceof KawanError ||
      error instanceof StartError ||
      error instanceof ConfigError ||
      error instanceof RangeError;
    console.error(known ? error.message : error);
    return 1;
  }
}
