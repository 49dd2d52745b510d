/**
 * The environment, read once and checked: every key that can be set, what it means, what is allowed.
 * `.env.example` is generated from here (`npm run env:example`), and nothing else reads `process.env`.
 */
import { z } from 'zod';
import { isLoopback, isWildcard } from './shared/hosts.ts';

/** The channels that can be switched on with CHANNELS. */
export const channelNames = ['simulator', 'whatsapp-web'] as const;
export type ChannelName = (typeof channelNames)[number];

const listOf = <const T extends readonly [string, ...string[]]>(allowed: T) =>
  z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(z.enum(allowed)).min(1));

const yesNo = z.enum(['yes', 'no']).transform((word) => word === 'yes');
/** Only scheme and host: as an origin, in small letters, without the port that is usual anyway. */
const publicUrl = z
  .string()
  .refine((text) => URL.canParse(text) && isBare(new URL(text)))
  .transform((text) => new URL(text).origin);
const isBare = ({ protocol, username, password, pathname, search, hash }: URL): boolean =>
  /^https?:$/.test(protocol) && pathname === '/' && [username, password, search, hash].every((part) => part === '');
const port = z.coerce.number().int().min(1).max(65535);

/** One key of the environment. `example` is what `.env.example` and an error message show. */
interface Setting {
  schema: z.ZodType;
  fallback?: string;
  allowed: string;
  example: string;
  describe: string;
}

const settings = {
  NODE_ENV: {
    schema: z.enum(['development', 'production', 'test']),
    fallback: 'development',
    allowed: 'development, production or test',
    example: 'production',
    describe: 'Where this runs. "production" asks for a database server of your own.',
  },
  HOST: {
    schema: z.string().min(1),
    fallback: '127.0.0.1',
    allowed: 'an address of this machine',
    example: '0.0.0.0',
    describe: 'The address that the web pages listen on. 127.0.0.1 is reachable from this machine only.',
  },
  PORT: {
    schema: port,
    fallback: '3000',
    allowed: 'a whole number from 1 to 65535',
    example: '3000',
    describe: 'The port of the web pages.',
  },
  PUBLIC_URL: {
    schema: publicUrl,
    allowed: 'http:// or https:// with a host and nothing behind it',
    example: 'https://kawan.example.id',
    describe:
      'The address under which people open the pages, mostly that of the proxy in front. No other name is answered, but for 127.0.0.1, localhost and [::1].',
  },
  LOG_LEVEL: {
    schema: z.enum(['silent', 'error', 'warn', 'info', 'debug']),
    fallback: 'info',
    allowed: 'silent, error, warn, info or debug',
    example: 'info',
    describe: 'How much is logged. No level logs what people write.',
  },
  CHANNELS: {
    schema: listOf(channelNames),
    fallback: 'simulator',
    allowed: `a comma-separated list out of: ${channelNames.join(', ')}`,
    example: 'simulator',
    describe: 'The channels that are switched on.',
  },
  DATA_DIR: {
    schema: z.string().min(1),
    fallback: 'data',
    allowed: 'a folder that this program may write to',
    example: 'data',
    describe: 'Where the embedded database keeps its files.',
  },
  MONGODB_URI: {
    schema: z.string().regex(/^mongodb(\+srv)?:\/\/\S+$/),
    allowed: 'an address that begins with mongodb:// or mongodb+srv://',
    example: 'mongodb://127.0.0.1:27017/kawan?replicaSet=rs0',
    describe: 'Your own MongoDB replica set. Not set: the program starts a small database of its own.',
  },
  MONGOD_BIN: {
    schema: z.string().min(1),
    allowed: 'the path of a mongod program',
    example: '/usr/bin/mongod',
    describe: 'The mongod program for the embedded database. Not set: it is looked for, then fetched.',
  },
  MONGOD_PORT: {
    schema: port,
    fallback: '27417',
    allowed: 'a whole number from 1 to 65535',
    example: '27417',
    describe: 'The port of the embedded database, on 127.0.0.1 only.',
  },
  MONGOD_CACHE_DIR: {
    schema: z.string().min(1),
    fallback: '.cache/mongod',
    allowed: 'a folder that this program may write to',
    example: '.cache/mongod',
    describe: 'Where a fetched mongod program is kept, so that it is fetched once.',
  },
  SESSION_SECRET: {
    schema: z.string().min(32),
    allowed: 'at least 32 letters that nobody can guess',
    example: 'made with: openssl rand -hex 32',
    describe:
      'Signs the sessions of the staff console. Not set: another one at each start, so everybody signs in again.',
  },
  VAULT_KEY: {
    schema: z.string().regex(/^[0-9a-f]{64}$/i),
    allowed: '64 hexadecimal digits',
    example: 'made with: openssl rand -hex 32',
    describe:
      'The key of the vault, which seals identity numbers and photos. Keep a copy of it away from the data. Not set: it is read from VAULT_KEY_FILE.',
  },
  VAULT_KEY_FILE: {
    schema: z.string().min(1),
    fallback: 'vault.key',
    allowed: 'a file outside DATA_DIR',
    example: '/etc/kawan/vault.key',
    describe:
      'Where the key of the vault is kept. For trying out it is made; with NODE_ENV=production it must be there.',
  },
  CHROMIUM_BIN: {
    schema: z.string().min(1),
    allowed: 'the path of a Chromium or Chrome program',
    example: '/usr/bin/chromium',
    describe: 'The browser for WhatsApp Web. Not set: it is looked for in the PATH.',
  },
  WHATSAPP_STAND_IN: {
    schema: z.string().min(1),
    allowed: 'the path of an HTML file',
    example: 'trial/stub.html',
    describe: 'A page that stands for WhatsApp Web, for trials without it. Never set it where people are served.',
  },
  ALLOW_EMBEDDED_DATABASE: {
    schema: yesNo,
    fallback: 'no',
    allowed: 'yes or no',
    example: 'no',
    describe: 'Allows the embedded database with NODE_ENV=production: for a small pilot only.',
  },
} satisfies Record<string, Setting>;

type Settings = typeof settings;
type Optional =
  'PUBLIC_URL' | 'SESSION_SECRET' | 'VAULT_KEY' | 'MONGODB_URI' | 'MONGOD_BIN' | 'CHROMIUM_BIN' | 'WHATSAPP_STAND_IN';

/** The checked environment. Paths are as given, relative ones to the working directory. PATH is the system's own. */
export type Config = { PATH: string } & {
  [K in Exclude<keyof Settings, Optional>]: z.output<Settings[K]['schema']>;
} & {
  [K in Optional]?: z.output<Settings[K]['schema']>;
};

/** What is wrong with the environment, a line a key. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`The settings cannot be used:\n${problems.join('\n')}`);
    this.problems = problems;
  }
}

/**
 * Reads and checks the environment. An empty value counts as not set.
 * @throws ConfigError with one line a key: what was given, what is allowed, an example.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const values: Record<string, unknown> = { PATH: env['PATH'] ?? '' };
  const problems: string[] = [];
  for (const [key, setting] of Object.entries(settings) as [string, Setting][]) {
    const given = env[key]?.trim() || setting.fallback;
    if (given === undefined) continue;
    const result = setting.schema.safeParse(given);
    if (result.success) values[key] = result.data;
    else
      problems.push(
        `${key}: "${given}" was given; allowed is ${setting.allowed}; for example ${key}=${setting.example}`,
      );
  }
  const config = values as Config;
  if (problems.length === 0) problems.push(...missing(config));
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** What is needed together with other settings, a line a key. */
function missing(config: Config): string[] {
  const { NODE_ENV, MONGODB_URI, ALLOW_EMBEDDED_DATABASE, SESSION_SECRET, PUBLIC_URL, HOST } = config;
  const production = NODE_ENV === 'production';
  const nothing = (key: keyof Settings, why: string): string =>
    `${key}: nothing was given; ${why}; for example ${key}=${settings[key].example}`;
  return [
    production &&
      !MONGODB_URI &&
      !ALLOW_EMBEDDED_DATABASE &&
      nothing(
        'MONGODB_URI',
        'NODE_ENV=production needs a database server of your own (or ALLOW_EMBEDDED_DATABASE=yes for a small pilot)',
      ),
    production &&
      !SESSION_SECRET &&
      `SESSION_SECRET: nothing was given; NODE_ENV=production needs ${settings.SESSION_SECRET.allowed}; ${settings.SESSION_SECRET.example}`,
    production &&
      !PUBLIC_URL &&
      nothing('PUBLIC_URL', 'NODE_ENV=production needs the address under which people open the pages'),
    !production &&
      !PUBLIC_URL &&
      !isLoopback(HOST) &&
      !isWildcard(HOST) &&
      nothing('PUBLIC_URL', `HOST=${HOST} can only be reached by a name that is answered`),
  ].filter((problem) => problem !== false);
}

/**
 * Whether people are served here, or things are only tried out: production, or a channel that leads to real people. Then
 * the simulator stands behind the staff's door, its time is the real one, and no staff number stands on it.
 */
export const servesPeople = ({ NODE_ENV, CHANNELS }: Pick<Config, 'NODE_ENV' | 'CHANNELS'>): boolean =>
  NODE_ENV === 'production' || CHANNELS.some((channel) => channel !== 'simulator');

/** The text of `.env.example`: every key with its sentence; keys with a default are commented out with it. */
export function envExample(): string {
  const blocks = (Object.entries(settings) as [string, Setting][]).map(
    ([key, s]) => `# ${s.describe}\n# Allowed: ${s.allowed}.\n#${key}=${s.fallback ?? s.example}`,
  );
  return `# Every setting, with its default or an example. Copy this file to .env and change what you need.\n# Generated from src/config.ts by: npm run env:example\n\n${blocks.join('\n\n')}\n`;
}
