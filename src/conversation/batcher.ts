/**
 * A natural batcher: nothing under way, a call goes at once; something under way, calls gather and travel together next.
 * A lone call never waits for company.
 */

/** The most that travels in one round trip; beyond a few hundred nothing is gained and a reply gets slow. */
const BATCH = 512;

export interface Batcher<In, Out> {
  (item: In): Promise<Out>;
}

/** @param run handles many at once; its results stand in the order of its input. When it throws, all of them fail. */
export function createBatcher<In, Out>(run: (items: readonly In[]) => Promise<readonly Out[]>): Batcher<In, Out> {
  let waiting: { item: In; resolve: (out: Out) => void; reject: (error: unknown) => void }[] = [];
  let underWay = false;

  async function drain(): Promise<void> {
    underWay = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH);
      waiting = waiting.slice(BATCH);
      try {
        const results = await run(batch.map(({ item }) => item));
        batch.forEach(({ resolve }, index) => resolve(results[index] as Out));
      } catch (error) {
        batch.forEach(({ reject }) => reject(error));
      }
    }
    underWay = false;
  }

  return (item) =>
    new Promise<Out>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!underWay) void drain();
    });
}
