/**
 * `npm run pair -- 0812…`: links the office's number by a code that is typed on the phone, where no picture can be scanned.
 * The product must not run meanwhile: a device has one browser.
 */
import { existsSync } from 'node:fs';
import { findChromium, noChromium } from '../channels/whatsapp-web/chromium.ts';
import { Connection } from '../channels/whatsapp-web/connection.ts';
import { timing } from '../channels/whatsapp-web/machine.ts';
import { deviceFolder, pairingText } from '../channels/whatsapp-web/pairing.ts';
import { createWhatsAppStore } from '../channels/whatsapp-web/store.ts';
import { ConfigError, readConfig, type Config } from '../config.ts';
import { loadWhatsAppSettings, standInOf } from '../make-channels.ts';
import { systemClock } from '../shared/clock.ts';
import { messageOf, StartError } from '../shared/errors.ts';
import { createLog } from '../shared/log.ts';
import { open } from '../storage/connect.ts';
import { runningServer } from '../storage/embedded/server.ts';
import { readPhone } from '../understanding/index.ts';

/** A device that was linked a moment ago is still being written to the disk; milliseconds. */
const SETTLES = 3_000;

try {
  await pair(process.argv.slice(2).join(' '));
} catch (error) {
  if (!(error instanceof StartError || error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exit(1);
}

/** @throws StartError when the product holds the number: by its embedded database, or by the lease in a database of one's own. */
async function refuseWhileRunning({ DATA_DIR, MONGODB_URI }: Config): Promise<void> {
  const running = new StartError('The product is running. Stop it first, link the number, start it again.');
  if (MONGODB_URI === undefined) {
    if ((await runningServer(DATA_DIR)) !== undefined) throw running;
    return;
  }
  const connection = await open(MONGODB_URI);
  const holder = await createWhatsAppStore(connection).holder(Date.now());
  await connection.close();
  if (holder !== undefined) throw running;
}

/** @throws StartError when it cannot begin. Otherwise it runs until the device is linked, or Ctrl-C. */
async function pair(given: string): Promise<void> {
  const number = readPhone(given);
  if (!number.understood)
    throw new StartError(`"${given}" is no Indonesian mobile number. Write it like: npm run pair -- 0812 3456 7890`);
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = readConfig(process.env);
  const program = findChromium(config);
  if (program === undefined) throw new StartError(noChromium);
  await refuseWhileRunning(config);
  const log = createLog(config.LOG_LEVEL);
  const end = async (code: number): Promise<void> => {
    await connection.stop();
    process.exit(code);
  };
  let shown = false;
  const connection = new Connection({
    ...{ folder: deviceFolder(config.DATA_DIR), program, phone: number.value, clock: systemClock, log, timing },
    standIn: standInOf(config.WHATSAPP_STAND_IN),
    memory: loadWhatsAppSettings('flows').memory,
    chance: () => 0.5,
    listen: () => undefined,
    lastActivity: () => Date.now(),
    alert: (kind) => log.error({ kind }, 'it does not go on by itself'),
    changed: () => undefined,
    code: (code, how) => {
      shown = true;
      void pairingText(code, how).then((text) => process.stdout.write(text));
    },
    ready: () => {
      console.log(shown ? 'The number is linked.' : 'A number is linked on this data folder already.');
      setTimeout(() => void end(0), shown ? SETTLES : 0);
    },
  });
  process.once('SIGINT', () => void end(1));
  process.on('unhandledRejection', (error) => {
    if (connection.absorbs(error)) return;
    console.error(messageOf(error));
    void end(1);
  });
  console.log('Opening WhatsApp Web …');
  connection.start();
}
