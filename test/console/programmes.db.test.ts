/** Programmes that staff open and close. */
import { describe, expect, it } from 'vitest';
import { register } from './desk.ts';
import { office } from './office.ts';

const { desk, officer, collection, lastTo } = office();

describe('programmes', () => {
  it('that are paused say so to who asks, at once, and run again when they are opened', async () => {
    await register(desk().product, '41', { name: 'Jamilah' });
    expect((await officer().send('/program/events', { keadaan: 'paused', alasan: '' })).status).toBe(409);
    expect(
      (await officer().send('/program/events', { keadaan: 'paused', alasan: 'Implementasi evaluasi strategis' }))
        .status,
    ).toBe(422);
    await officer().send('/program/events', {
      ...{ keadaan: 'paused', alasan: 'kantor pindah sampai Senin.', tetap: '1' },
    });
    await desk().product.send('41', 'p1', { kind: 'text', text: 'pelatihan' });
    expect((await desk().product.received('41')).at(-2)?.text).toBe(
      '*Pelatihan, bazar* sedang berhenti dulu: kantor pindah sampai Senin.',
    );
    expect(await lastTo('41')).toBe('Mau saya kabari kalau sudah buka lagi?');
    await desk().product.send('41', 'p0', { kind: 'text', text: 'tidak' });
    await officer().send('/program/events', { keadaan: 'unknown', alasan: 'menunggu kabar', tetap: '1' });
    await desk().product.send('41', 'p2', { kind: 'text', text: 'pelatihan' });
    expect(await lastTo('41')).toContain('Petugas akan memastikan');
    expect(await collection('cases').countDocuments({ contact: 'simulator:sim:41', kind: 'programme_unknown' })).toBe(
      1,
    );
    await officer().send('/program/events', { keadaan: 'open', alasan: '' });
    await desk().product.send('41', 'p3', { kind: 'text', text: 'pelatihan' });
    expect(await lastTo('41')).not.toContain('memastikan');
    expect(await collection('audit').countDocuments({ what: 'programme', thing: 'events' })).toBe(3);
  });
});
