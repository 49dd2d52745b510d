/** What a poor connection does to messages, switched on by hand. */

/** `holding`: the first of two messages waits for the second, which goes before it. */
export const faults = { offline: false, twice: false, swap: false, holding: false };

/** Called when a message was put into the queue. */
export function order(waiting) {
  if (!faults.swap) return;
  if (!faults.holding) {
    faults.holding = true;
    return;
  }
  const last = waiting.pop();
  waiting.splice(-1, 0, last);
  faults.holding = false;
}
