/** Every page against strangers, every role, forged and stolen tokens, and operators of the database. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { may, roles, type Role } from '../../src/console/access/roles.ts';
import { caseOf, register, startDesk, type TestDesk } from './desk.ts';

let desk: TestDesk;
const signedIn = new Map<Role, Awaited<ReturnType<TestDesk['visitor']>>>();
let person: string;
let one: string;

beforeAll(async () => {
  desk = await startDesk({ jobs: false });
  for (const role of roles)
    signedIn.set(role, await desk.visitor(role, role === 'kader' ? '63.72.05.1001' : undefined));
  person = await register(desk.product, '11');
  one = await caseOf(desk.product, '11');
});
afterAll(() => desk.product.stop());

/** An address with something real in it, where there is something. */
const filled = (path: string): string =>
  path
    .replace('/kotak-masuk/:id', `/kotak-masuk/${one}`)
    .replace('/orang/:id', `/orang/${person}`)
    .replace('/petugas/:id', '/petugas/0123456789abc')
    .replace(/:file/, '0'.repeat(32))
    .replace(/:balasan/, '0123456789abc')
    .replace(/:program/, 'events')
    .replace(/:id/g, 'tidak-ada');

const visitor = (role: Role) => {
  const found = signedIn.get(role);
  if (!found) throw new Error(`Nobody has the role ${role}`);
  return found;
};

describe('every page', () => {
  it('sends whoever is not signed in to the door, and nothing of the page', async () => {
    for (const { method, path } of desk.product.console.routes) {
      const answer = await desk.stranger().ask(filled(path), { method: method.toUpperCase() });
      expect([path, answer.status]).toEqual([path, 303]);
      expect(answer.headers.get('location')).toMatch(/^\/masuk/);
      expect(await answer.text()).not.toContain('Siti Aminah');
    }
  });

  it.each(roles)('serves the role %s exactly what the table allows', async (role) => {
    const who = visitor(role);
    const token = await who.token('/akun');
    for (const { method, path, may: action } of desk.product.console.routes) {
      const body = new URLSearchParams({ _csrf: token });
      const answer = await who.ask(filled(path), method === 'get' ? {} : { method: 'POST', body });
      await answer.body?.cancel();
      const refused = answer.status === 403;
      expect([role, method, path, refused]).toEqual([role, method, path, !may(role, action)]);
    }
  });

  it('refuses a form without a token, with a forged one, and with the token of somebody else', async () => {
    const who = visitor('administrator');
    const stolen = await visitor('officer').token('/akun');
    for (const { method, path } of desk.product.console.routes) {
      if (method === 'get') continue;
      for (const token of ['', 'x'.repeat(64), stolen]) {
        const answer = await who.ask(filled(path), { method: 'POST', body: new URLSearchParams({ _csrf: token }) });
        expect([path, token.slice(0, 4), answer.status]).toEqual([path, token.slice(0, 4), 403]);
        expect(await answer.text()).toContain('Buka lagi halamannya');
      }
    }
  });

  it('refuses operators of the database in every field, and whatever it does not know', async () => {
    const who = visitor('administrator');
    const token = await who.token('/akun');
    for (const { method, path } of desk.product.console.routes) {
      const names = ['id', 'q', 'text', 'siapa', 'sesudah', 'kelurahan', 'nama', 'login', 'peran'];
      const wrong = names.map((name) => [`${name}[$gt]`, '']);
      const query = new URLSearchParams(wrong).toString();
      const answer =
        method === 'get'
          ? await who.ask(`${filled(path)}?${query}`)
          : await who.ask(filled(path), { method: 'POST', body: new URLSearchParams([['_csrf', token], ...wrong]) });
      expect([path, answer.status]).toEqual([path, 422]);
      const asJson = await who.ask(filled(path), {
        method: method.toUpperCase(),
        ...(method === 'post' && { body: JSON.stringify({ _csrf: token, id: { $gt: '' } }) }),
        headers: { 'content-type': 'application/json', 'x-csrf-token': token },
      });
      expect([path, asJson.status < 500]).toEqual([path, true]);
      if (method === 'post') expect([path, asJson.status >= 300]).toEqual([path, true]);
      await asJson.body?.cancel();
    }
  });

  it('tells of changes only who may see the inbox', async () => {
    for (const path of ['/peristiwa', `/kotak-masuk/${one}/peristiwa`]) {
      expect([path, (await desk.stranger().ask(path)).status]).toEqual([path, 401]);
      for (const role of roles) {
        const stop = new AbortController();
        const answer = await visitor(role).ask(path, { signal: stop.signal });
        expect([path, role, answer.status]).toEqual([path, role, may(role, 'inbox.see') ? 200 : 403]);
        stop.abort();
      }
    }
    expect((await visitor('officer').ask('/kotak-masuk/nothing/peristiwa')).status).toBe(404);
  });

  it('answers a form of the door without its token, and a page that is not there, as pages', async () => {
    const html = { accept: 'text/html' };
    const door = await desk
      .stranger()
      .ask('/masuk', { method: 'POST', body: new URLSearchParams({ login: 'a' }), headers: html });
    expect([door.status, (await door.text()).includes('sudah terlalu lama terbuka')]).toEqual([403, true]);
    const missing = await visitor('viewer').ask('/tidak-ada', { headers: html });
    expect([missing.status, (await missing.text()).includes('Tidak ditemukan')]).toEqual([404, true]);
    expect((await desk.stranger().ask('/tidak-ada', { headers: html })).headers.get('location')).toBe('/masuk');
    expect((await desk.stranger().ask('/tidak-ada')).headers.get('content-type')).toContain('json');
  });

  it('has a strict policy, is kept by no cache, and runs nothing that was sent in', async () => {
    const answer = await visitor('administrator').ask('/kotak-masuk');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("style-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("form-action 'self'");
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await answer.text()).not.toMatch(/ style="| onclick=|<script>/);
  });
});
