/** A time limit for something outside that may never answer. */
import { KawanError } from './errors.ts';

/** The outcome of `work`. @throws KawanError when it takes longer than so many milliseconds; the work itself is not stopped. */
export async function within<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new KawanError(`${what} took longer than ${ms / 1_000} s`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
