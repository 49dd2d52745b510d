/**
 * Errors carry decisions: may it be tried again, whom does it concern. The message says what happened and what to do;
 * details for a log stand in `info`.
 */
export class KawanError extends Error {
  override name = 'KawanError';
  readonly info: Readonly<Record<string, unknown>>;
  constructor(message: string, info: Record<string, unknown> = {}, options?: ErrorOptions) {
    super(message, options);
    this.info = info;
  }
}

/** A start that must not go on: a broken file, a database that cannot be used. Printed without a stack. */
export class StartError extends KawanError {
  override name = 'StartError';
}

/** Something outside does not answer just now (mostly the database): the same call may be made again later. */
export class BusyError extends KawanError {
  override name = 'BusyError';
}

/** The message of anything that was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
