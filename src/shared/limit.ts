/** Time limits for something outside that may never answer. */
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

/** Resolves when `there` is true. @throws KawanError when that takes longer than so many milliseconds. */
export async function until(there: () => boolean | Promise<boolean>, ms: number, what: string): Promise<void> {
  const deadline = performance.now() + ms;
  while (!(await there())) {
    if (performance.now() > deadline) throw new KawanError(`${what} took longer than ${ms / 1_000} s`);
    await new Promise((wake) => setTimeout(wake, 25));
  }
}
