/**
 * An alarm clock, nothing more: node-cron wakes a job, and the job finds out from the database what is due. A missed
 * wake-up, a restart or a clock that jumps therefore never matters.
 */
import cron, { type Logger, type ScheduledTask } from 'node-cron';
import { messageOf } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';

export interface Job {
  name: string;
  /** A cron expression with seconds, in the office's time zone. */
  when: string;
  /** Does what is due. Run twice at once by several processes it must do no harm. */
  run(): Promise<void>;
}

/** Starts the jobs; the result stops them and waits for none: what a job left is due at the next start. */
export function startScheduler(jobs: readonly Job[], timezone: string, log: Log): () => Promise<void> {
  const logger = loggerOf(log);
  const tasks = jobs.map(({ name, when, run }): ScheduledTask =>
    cron.schedule(
      when,
      async () => {
        try {
          await run();
        } catch (error) {
          log.warn({ job: name, why: messageOf(error) }, 'a job failed; it is tried again at its next time');
        }
      },
      { name, timezone, noOverlap: true, logger },
    ),
  );
  for (const task of tasks) {
    // A missed wake-up costs nothing: the next one finds the same due. Only a job that never ends is worth a word.
    task.on('execution:missed', ({ task: missed }) => log.debug({ job: missed?.name }, 'a wake-up was missed'));
    task.on('execution:overlap', ({ task: busy }) => log.debug({ job: busy?.name }, 'a job is still running'));
  }
  return async () => {
    for (const task of tasks) await task.destroy();
  };
}

/** What the alarm clock itself has to say goes where everything goes, and not to the terminal. */
const loggerOf = (log: Log): Logger => ({
  info: (message) => log.debug(message),
  warn: (message) => log.warn(message),
  error: (message) => log.error({ why: messageOf(message) }, 'the alarm clock failed'),
  debug: (message) => log.debug({ why: messageOf(message) }, 'the alarm clock'),
});
