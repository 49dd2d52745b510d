/** Whatever is sent, a session serialises, resumes, and is answered. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { after, HOUR, library, now, settle } from '../../test/support/engine.ts';
import {
  engineOptions,
  mediaKinds,
  resume,
  sessionSchema,
  start,
  topFrame,
  type Input,
  type Session,
} from './index.ts';

describe('any sequence of inputs', () => {
  const input: fc.Arbitrary<Input> = fc.oneof(
    fc.record({
      type: fc.constant('text' as const),
      text: fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.constantFrom(
          '1',
          '2',
          '5',
          '0',
          'iya',
          'tidak',
          'Siti',
          'palam',
          'menu',
          'kembali',
          'batal',
          'berhenti',
          'mulai',
          'bahasa',
          'petugas',
          'ulang',
          'lainnya',
          'bantuan',
          'halo',
        ),
      ),
    }),
    fc.record({
      type: fc.constant('tap' as const),
      option: fc.oneof(fc.string(), fc.constantFrom(...engineOptions)),
      stale: fc.boolean(),
    }),
    fc.record({ type: fc.constant('media' as const), kind: fc.constantFrom(...mediaKinds) }),
    fc.record({ type: fc.constant('result' as const), outcome: fc.string() }),
  );

  it('leaves a session that serialises, resumes, and always answers', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(input, fc.integer({ min: 0, max: 40 * 24 * HOUR })), { maxLength: 40 }),
        (inputs) => {
          let at = now;
          let { session } = after();
          for (const [next, gap] of inputs) {
            at += gap;
            const stored = JSON.parse(JSON.stringify(session)) as unknown;
            expect(sessionSchema.parse(stored)).toEqual(session);
            const read = stored as Session;
            const step = settle(
              topFrame(read) ? resume(library, read, next, at) : start(library, 'menu', read, at, next),
              at,
            );
            expect(step.session.frames.length).toBeLessThanOrEqual(5);
            if (next.type !== 'result')
              expect(step.effects.some(({ type }) => type === 'say' || type === 'ask')).toBe(true);
            session = step.session;
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
