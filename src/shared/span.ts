/** A span of time as it is written in a settings file. */
import { z } from 'zod';
import { DAY, HOUR, MINUTE } from './clock.ts';

const units = { minute: MINUTE, hour: HOUR, day: DAY } as const;

/** "7 days" in milliseconds. */
export const span = z
  .string()
  .regex(/^\d+ (minute|hour|day)s?$/, 'a span is written as "7 days", "2 hours" or "30 minutes"')
  .transform((text) => {
    const [count = '0', unit = ''] = text.split(' ');
    return Number(count) * units[unit.replace(/s$/, '') as keyof typeof units];
  });
