/** Signing in, guessing, links, and one's own account. */
import { describe, expect, it } from 'vitest';
import { ownPath } from '../../src/console/access/index.tsx';
import { caseOf, PASSWORD, register, startDesk, Visitor } from './desk.ts';
import { office } from './office.ts';

const { desk, officer, administrator } = office();

describe('signing in', () => {
  it('begins a new session, so that one that somebody else prepared is worth nothing', async () => {
    const { login } = officer();
    const victim = desk().stranger();
    await victim.ask('/masuk');
    const prepared = victim.cookies.get('kawan.sid');
    expect((await victim.signIn(login)).status).toBe(303);
    expect(victim.cookies.get('kawan.sid')).not.toBe(prepared);
    const attacker = desk().stranger();
    attacker.cookies.set('kawan.sid', prepared ?? '');
    expect((await attacker.ask('/akun')).status).toBe(303);
  });

  it('goes to a page of ours only', async () => {
    for (const bad of [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
      '\\\\x',
      '/\t/x.y',
    ])
      expect(ownPath(bad)).toMatch(/^\/(?![/\\])/);
    expect(ownPath('/orang?q=siti')).toBe('/orang?q=siti');
    const { login } = officer();
    const who = desk().stranger();
    const answer = await who.send('/masuk', { login, password: PASSWORD, ke: '//evil.example/x' }, '/masuk');
    expect(answer.headers.get('location')).toBe('/');
  });

  it('says the same of an unknown login, a wrong password and an account that is gone', async () => {
    const gone = await desk().visitor('viewer');
    const { connection } = desk().product.database;
    await connection.collection('accounts').updateOne({ login: gone.login }, { $set: { active: false } });
    const told: string[] = [];
    for (const [login, password] of [
      ['nobody-here', PASSWORD],
      [officer().login, 'wrong password'],
      [gone.login, PASSWORD],
    ] as const) {
      const answer = await desk().stranger().signIn(login, password);
      expect(answer.status).toBe(401);
      told.push(/class="said bad"[^>]*>([^<]+)/.exec(await answer.text())?.[1] ?? '');
    }
    expect(new Set(told)).toEqual(new Set(['Nama masuk atau kata sandi salah.']));
    // A session that was open ends with the account.
    await desk().product.console.refresh();
    expect((await gone.ask('/akun')).status).toBe(303);
  });

  it('brakes guessing at one account, and locks nobody out who has signed in there before', async () => {
    const owner = await desk().visitor('officer');
    const guesser = desk().stranger();
    for (let guess = 0; guess < 10; guess++)
      expect((await guesser.signIn(owner.login, `guess ${guess}`)).status).toBe(401);
    const braked = await guesser.signIn(owner.login, PASSWORD);
    expect(braked.status).toBe(429);
    expect(Number(braked.headers.get('retry-after'))).toBeGreaterThan(60);
    expect(await braked.text()).toContain('Tunggu');
    const home = new Visitor(desk().product.address);
    home.cookies.set('kawan.device', owner.cookies.get('kawan.device') ?? '');
    expect((await home.signIn(owner.login)).status).toBe(303);
    // Its sign is of no use for another account.
    const other = await desk().visitor('viewer');
    const misused = desk().stranger();
    misused.cookies.set('kawan.device', owner.cookies.get('kawan.device') ?? '');
    for (let guess = 0; guess < 10; guess++) await misused.signIn(other.login, `guess ${guess}`);
    expect((await misused.signIn(other.login)).status).toBe(429);
  });

  it('brakes an address that tries many names, and not who is known there', async () => {
    const other = await startDesk({ jobs: false });
    try {
      const known = await other.visitor('officer');
      const guesser = other.stranger();
      for (let name = 0; name < 50; name++) expect((await guesser.signIn(`name-${name}`, 'guess')).status).toBe(401);
      expect((await other.stranger().signIn(known.login)).status).toBe(429);
      const home = other.stranger();
      home.cookies.set('kawan.device', known.cookies.get('kawan.device') ?? '');
      expect((await home.signIn(known.login)).status).toBe(303);
    } finally {
      await other.product.stop();
    }
  });

  it('keeps passwords as Argon2id, and cookies from scripts and other sites', async () => {
    const account = await desk().product.database.connection.collection('accounts').findOne({ login: officer().login });
    expect(account?.['hash']).toMatch(/^\$argon2id\$/);
    const who = desk().stranger();
    const answer = await who.signIn(officer().login);
    for (const cookie of answer.headers.getSetCookie()) expect(cookie).toMatch(/HttpOnly.*SameSite=Lax/i);
  });
});

describe('a link', () => {
  it('makes the first administrator once, and never again when somebody is there', async () => {
    const empty = await startDesk({ jobs: false });
    try {
      const token = await empty.product.console.firstLink();
      const path = `/tautan/${token ?? ''}`;
      const who = empty.stranger();
      const fields = { name: 'Pak Adi', login: 'adi', password: PASSWORD, again: PASSWORD };
      const short = await who.send(path, { ...fields, password: 'pendek', again: 'pendek' }, path);
      expect([short.status, await short.text()]).toEqual([422, expect.stringContaining('paling sedikit 10 huruf')]);
      expect((await who.send(path, { ...fields, again: 'lain sekali ya' }, path)).status).toBe(422);
      const both = await Promise.all([
        who.send(path, fields, path),
        empty.stranger().send(path, { ...fields, login: 'budi' }, path),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual([303, 404]);
      expect((await empty.stranger().ask(path)).status).toBe(404);
      expect(await empty.product.console.firstLink()).toBeUndefined();
      expect(await empty.product.database.connection.collection('accounts').countDocuments()).toBe(1);
    } finally {
      await empty.product.stop();
    }
  });

  it('invites, is good once, and what it leads to can be taken back', async () => {
    const chief = administrator();
    const invite = { nama: 'Ibu Rina', login: 'rina', peran: 'officer', kelurahan: '' };
    const page = await (await chief.send('/petugas', invite)).text();
    const path = /data-link="([^"]+)"/.exec(page)?.[1] ?? '';
    expect((await chief.send('/petugas', invite)).status).toBe(409);
    const rina = desk().stranger();
    expect((await rina.send(path, { password: PASSWORD, again: PASSWORD }, path)).status).toBe(303);
    expect((await rina.ask('/kotak-masuk')).status).toBe(200);
    expect((await desk().stranger().ask(path)).status).toBe(404);
    // Only a hash of it is stored.
    const links = await desk().product.database.connection.collection('account_links').find({}).toArray();
    expect(JSON.stringify(links)).not.toContain(path.split('/').at(-1));
    const account = await desk().product.database.connection.collection('accounts').findOne({ login: 'rina' });
    const change = { peran: 'viewer', kelurahan: '' };
    expect((await chief.send(`/petugas/${String(account?._id)}/peran`, change)).status).toBe(303);
    expect((await rina.ask('/kotak-masuk')).status).toBe(303);
  });

  it('leaves the last administrator in place', async () => {
    const alone = await startDesk({ jobs: false });
    try {
      const only = await alone.visitor('administrator');
      const answer = await only.send(`/petugas/${only.account}/peran`, { peran: 'viewer', kelurahan: '' });
      expect([answer.status, await answer.text()]).toEqual([409, expect.stringContaining('admin terakhir')]);
    } finally {
      await alone.product.stop();
    }
  });
});

describe('one’s own account', () => {
  it('gets a new password by the old one, and is signed out everywhere else', async () => {
    const here = await desk().visitor('officer');
    const there = desk().stranger();
    await there.signIn(here.login);
    const fresh = { baru: 'sasirangan biru tua', ulang: 'sasirangan biru tua' };
    expect((await here.send('/akun/sandi', { lama: 'wrong', ...fresh })).status).toBe(409);
    expect((await here.send('/akun/sandi', { lama: PASSWORD, ...fresh })).status).toBe(303);
    expect((await here.ask('/akun')).status).toBe(200);
    expect((await there.ask('/akun')).status).toBe(303);
    expect((await desk().stranger().signIn(here.login, fresh.baru)).status).toBe(303);
  });

  it('speaks English when asked to', async () => {
    const who = await desk().visitor('viewer');
    await who.send('/akun', { nama: 'Mr Viewer', bahasa: 'en' });
    expect(await (await who.ask('/akun')).text()).toContain('My account');
  });

  it('hands its cases over on leave, and for good when it leaves', async () => {
    await register(desk().product, '11');
    const one = await caseOf(desk().product, '11');
    const [away, stands, chief] = [await desk().visitor('officer'), await desk().visitor('officer'), administrator()];
    await away.send(`/kotak-masuk/${one}/serahkan`, { siapa: away.account });
    const cases = desk().product.database.connection.collection('cases');
    const assignee = async () => (await cases.findOne({ contact: 'simulator:sim:11' }))?.['assignee'] as unknown;
    expect(await assignee()).toBe(away.account);
    const leave = { sampai: '2999-01-01', pengganti: stands.account };
    expect((await away.send('/akun/cuti', leave)).status).toBe(303);
    expect(await assignee()).toBe(stands.account);
    // What is given to somebody who is away goes to the delegate.
    await expect
      .poll(async () => {
        await chief.send(`/kotak-masuk/${one}/serahkan`, { siapa: away.account });
        return assignee();
      })
      .toBe(stands.account);
    const gone = await chief.send(`/petugas/${stands.account}/keluar`, { penerima: away.account });
    expect(gone.status).toBe(303);
    expect(await assignee()).toBe(away.account);
    expect((await stands.ask('/akun')).status).toBe(303);
  });
});
