/** A2: two contacts that are one person: the newer talk goes on, and nothing of the other is lost. */
import { describe, expect, it } from 'vitest';
import { mergeOf } from './merge.ts';
import type { Conversation } from './ports.ts';

const conversation = (id: string, more: Partial<Conversation>): Conversation => ({
  ...{ id, channel: 'c', aliases: [id], address: id, revision: 3, session: null, language: 'id', muted: false },
  ...{ persons: [], outbox: [], handled: {} },
  ...more,
});
const phone = conversation('phone', { heardAt: 100, persons: ['p1'], handled: { w: [1, 2], v: [7] }, language: 'bjn' });
const lid = conversation('lid', { heardAt: 200, revision: 5, persons: ['p2'], handled: { w: [2, 3] } });

describe('a merge', () => {
  it('A2: keeps the newer talk, whichever is read first', () => {
    for (const found of [
      [phone, lid],
      [lid, phone],
    ]) {
      const { kept, ended } = mergeOf(found);
      expect(kept).toMatchObject({ id: 'lid', revision: 5, language: 'id', address: 'lid' });
      expect(ended).toEqual([{ id: 'phone', revision: 3 }]);
    }
  });

  it('keeps addresses, persons and handled places of both', () => {
    const { kept } = mergeOf([phone, lid]);
    expect(kept.aliases).toEqual(['lid', 'phone']);
    expect(kept.persons).toEqual(['p2', 'p1']);
    expect(kept.handled).toEqual({ w: [1, 2, 3], v: [7] });
  });

  it('keeps a wish to be left alone, an unfinished form and a takeover, wherever they stood', () => {
    const { kept } = mergeOf([
      { ...phone, muted: true, unfinished: { flow: 'register', begun: 1 }, takeover: { staff: 'phone', until: 900 } },
      lid,
    ]);
    expect(kept).toMatchObject({ muted: true, unfinished: { flow: 'register' }, takeover: { until: 900 } });
  });
});
