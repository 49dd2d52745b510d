/** Every page of the console: on a phone, an office screen and a large one, and what axe says of it. */
import { AxeBuilder } from '@axe-core/playwright';
import { beforeAll, describe, expect, it } from 'vitest';
import { applyForKur } from '../console/desk.ts';
import { officePages } from './office.ts';
import { screenshot } from './pages.ts';

const { desk, person, officer, page, go } = officePages();

/** An application with a photo, so that its card can be looked at. */
let application: string;
beforeAll(async () => {
  application = await applyForKur(desk().product, '628115550101');
});

/** Every page that can be opened without doing anything. */
const everyPage = () => [
  ...[
    '/',
    '/kotak-masuk',
    '/kotak-masuk/balasan',
    '/orang',
    `/orang/${person()}`,
    `/orang/${person()}/jejak`,
    '/kelompok',
  ],
  ...[
    '/program',
    '/acara',
    '/acara/baru',
    '/acara/warna-alam',
    '/acara/warna-alam/daftar-hadir',
    '/siaran',
    '/siaran/baru',
  ],
  ...['/pengajuan', '/pengajuan?selesai=1', `/pengajuan/${application}`, '/nilai', '/nilai/kur/rate_super_mikro'],
  ...['/saluran', '/petugas', '/jejak', '/akun'],
];

/** What the handbook for officers (docs/petugas.md) shows, as it is on an office screen. */
const pictures: Readonly<Record<string, string>> = {
  ...{ '/': 'beranda', '/orang': 'pengrajin', '/acara': 'acara', '/acara/baru': 'acara-baru', '/program': 'program' },
  ...{ '/pengajuan': 'pengajuan', '/nilai': 'nilai', '/nilai/kur/rate_super_mikro': 'satu-nilai' },
  ...{ '/acara/warna-alam': 'satu-acara', '/saluran': 'saluran', '/petugas': 'petugas', '/akun': 'akun' },
};

describe('every page', () => {
  it.each([390, 1280, 1920])('fits a screen of %i px, and axe finds nothing serious on it', async (width) => {
    const made = await officer('administrator', width);
    for (const path of everyPage()) {
      await go(made, path);
      await made.getByRole('heading', { level: 1 }).waitFor();
      expect([path, await made.evaluate('document.documentElement.scrollWidth')]).toEqual([path, width]);
      const picture = pictures[path];
      if (width === 1280 && picture !== undefined) await screenshot(made, `konsol-${picture}`);
      if (width !== 1280) continue;
      const { violations } = await new AxeBuilder({ page: made }).analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect([path, serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)]).toEqual([
        path,
        [],
      ]);
    }
  });

  it('at the door has nothing serious for axe to find either, and opens the menu on a phone', async () => {
    const door = await page(390);
    await go(door, '/masuk');
    const { violations } = await new AxeBuilder({ page: door }).analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
    await screenshot(door, 'konsol-masuk');
    const made = await officer('officer', 390);
    await made.getByRole('button', { name: 'Menu' }).click();
    await made.getByRole('link', { name: 'Kotak masuk' }).click();
    await made.getByRole('heading', { name: 'Kotak masuk' }).waitFor();
  });
});
