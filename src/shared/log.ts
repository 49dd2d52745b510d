/** Structured logs (pino). What people write, their names and numbers are never logged. */
import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

/** Keys that may hold something personal; their values are replaced wherever they turn up. */
const personal = ['text', 'name', 'nik', 'phone', 'alias', 'aliases', 'answers', 'body'];

/** A logger of the given level, writing JSON lines to standard output or where it is told. */
export function createLog(level: string, to?: DestinationStream): Log {
  const paths = personal.flatMap((key) => [key, `*.${key}`]);
  const options = { level, redact: { paths, censor: '[kept private]' } };
  return to ? pino(options, to) : pino(options);
}
