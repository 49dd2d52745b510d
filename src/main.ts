/** Reads the environment, composes, starts, stops on a signal. Nothing else. */
import { existsSync } from 'node:fs';
import { compose, type Product } from './compose.ts';
import { ConfigError, readConfig, servesPeople } from './config.ts';
import { isLoopback } from './shared/hosts.ts';
import { messageOf, StartError } from './shared/errors.ts';
import { createLog } from './shared/log.ts';
import { connectDatabase, type Database } from './storage/connect.ts';

/** A stop must end within this many milliseconds; what is not done by then, the next start goes on with. */
const STOP_WITHIN = 4_500;

let database: Database | undefined;
let product: Product | undefined;

try {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = readConfig(process.env);
  const log = createLog(config.LOG_LEVEL);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(0));
  process.on('unhandledRejection', (error) => {
    if (product?.absorbs(error)) return log.warn({ why: messageOf(error) }, 'a channel failed; it mends itself');
    log.fatal(
      { why: messageOf(error) },
      'something failed that nobody awaited; stopping so that a restart can mend it',
    );
    void stop(1);
  });
  database = await connectDatabase(config, log);
  void database.lost.then(() => {
    log.fatal('the embedded database has died; stopping so that a restart can bring it back');
    return stop(1);
  });
  product = await compose({ config, database, log });
  const address = config.PUBLIC_URL ?? product.address;
  const door = servesPeople(config) ? ' (an administrator signs in first)' : '';
  const chat = config.CHANNELS.includes('simulator') ? ` Chat as a craftsman: ${address}/chat/1${door}` : '';
  process.stdout.write(`\nKawan Pengrajin is ready. Staff sign in at ${address}/${chat}\n`);
  if (config.PUBLIC_URL === undefined && !isLoopback(config.HOST))
    process.stdout.write(
      'Only this machine is answered. For others set PUBLIC_URL to the address that they open, such as http://192.168.1.5:3000\n',
    );
  const first = await product.console.firstLink();
  if (first !== undefined)
    process.stdout.write(`Nobody can sign in yet. Make the first administrator, once: ${address}/tautan/${first}\n`);
} catch (error) {
  const known = error instanceof StartError || error instanceof ConfigError;
  process.stderr.write(`${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  await stop(1);
}

async function stop(code: number): Promise<void> {
  const late = setTimeout(() => process.exit(code === 0 ? 1 : code), STOP_WITHIN);
  late.unref();
  await product?.stop();
  await database?.close();
  process.exit(code);
}
