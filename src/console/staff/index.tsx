/** Members of staff: invited by a link, given a role, away, gone. And one's own account. */
import { z } from 'zod';
import { DAY } from '../../shared/clock.ts';
import type { Role } from '../access/roles.ts';
import type { Account } from '../access/store.ts';
import type { ConsoleParts } from '../parts.ts';
import { listsOf } from '../people/index.tsx';
import { Refusal, route, type Context, type Reply, type Route } from '../shell/page.tsx';
import { translate } from '../shell/words.ts';
import { departSchema, inviteSchema, leaveSchema, one, ownSchema, passwordSchema, roleSchema } from './input.ts';
import { StaffPage } from './list.tsx';
import { OwnPage } from './own.tsx';

export function createStaffPages(parts: ConsoleParts): Route[] {
  const { accounts, audit, inbox, access } = parts;
  const lists = listsOf(parts);
  const note = ({ me, now }: Context, thing: string, reason: string) =>
    audit.note({ what: 'account', account: me._id, at: new Date(now), thing, reason });

  const list = async (context: Context, link?: { name: string; path: string }): Promise<Reply> => ({
    page: <StaffPage {...{ context, lists, link, all: await accounts.store.all() }} />,
    title: context.t('nav.staff'),
  });

  /** A kader has a kelurahan, and only a kader has one. */
  const kelurahanOf = ({ t }: Context, role: Role, given: string | undefined): string | null => {
    if (role !== 'kader') return null;
    if (given === undefined || lists.area(given) === given) throw new Refusal(t('staff.needsKelurahan'));
    return given;
  };

  /** The last administrator can neither leave nor become something else: nobody could come in any more. */
  async function keepOne({ t }: Context, account: Account): Promise<void> {
    const others = (await accounts.store.all()).filter(
      ({ _id, active, role, hash }) => _id !== account._id && active && role === 'administrator' && hash !== null,
    );
    if (account.role === 'administrator' && others.length === 0) throw new Refusal(t('staff.lastAdministrator'));
  }

  return [
    route({
      ...{ method: 'get', path: '/petugas', may: 'staff.manage', input: z.strictObject({}) },
      handle: (context) => list(context),
    }),
    route({
      ...{ method: 'post', path: '/petugas', may: 'staff.manage', input: inviteSchema },
      async handle(context, { nama, login, peran, kelurahan }) {
        const area = kelurahanOf(context, peran, kelurahan);
        const invited = await accounts.invite({ login, name: nama, role: peran, kelurahan: area });
        if (!invited) throw new Refusal(context.t('staff.loginTaken', { login }));
        await note(context, invited.account._id, `+ ${login}, ${peran}`);
        return list(context, { name: nama, path: `/tautan/${invited.token}` });
      },
    }),
    route({
      ...{ method: 'post', path: '/petugas/:id/peran', may: 'staff.manage', input: roleSchema },
      async handle(context, { id, peran, kelurahan }) {
        const account = await accounts.store.find(id);
        if (!account) return { missing: true };
        if (peran !== 'administrator') await keepOne(context, account);
        const area = kelurahanOf(context, peran, kelurahan);
        await note(context, id, `${account.role} → ${peran}`);
        // With another role begins another session.
        const over = account._id === context.me._id ? {} : { sessionsFrom: context.now };
        await accounts.store.change(id, { role: peran, kelurahan: area, ...over });
        context.say(context.t('staff.roleSaved', { name: account.name }));
        return { to: '/petugas' };
      },
    }),
    route({
      ...{ method: 'post', path: '/petugas/:id/tautan', may: 'staff.manage', input: one },
      async handle(context, { id }) {
        const account = await accounts.store.find(id);
        if (!account?.active) return { missing: true };
        await note(context, id, 'tautan kata sandi');
        const token = await accounts.makeLink(account.hash === null ? 'invitation' : 'password', id);
        return list(context, { name: account.name, path: `/tautan/${token}` });
      },
    }),
    route({
      ...{ method: 'post', path: '/petugas/:id/keluar', may: 'staff.manage', input: departSchema },
      async handle(context, { id, penerima }) {
        const { t, now } = context;
        const account = await accounts.store.find(id);
        if (!account) return { missing: true };
        await keepOne(context, account);
        const heir = penerima === '' ? null : await accounts.store.find(penerima);
        if (penerima !== '' && (!heir?.active || heir._id === id)) throw new Refusal(t('inbox.noSuchStaff'));
        await note(context, id, `keluar → ${heir?.login ?? '-'}`);
        await accounts.store.change(id, { active: false, sessionsFrom: now, leave: null });
        const moved = await inbox.handOver(id, heir?._id ?? null);
        context.say(t('staff.departed', { name: account.name, n: moved }));
        return { to: '/petugas' };
      },
    }),
    route({
      ...{ method: 'post', path: '/petugas/:id/kembali', may: 'staff.manage', input: one },
      async handle(context, { id }) {
        const account = await accounts.store.find(id);
        if (!account) return { missing: true };
        await note(context, id, 'aktif lagi');
        await accounts.store.change(id, { active: true });
        context.say(context.t('staff.returned', { name: account.name }));
        return { to: '/petugas' };
      },
    }),
    route({
      ...{ method: 'get', path: '/akun', may: 'account.own', input: z.strictObject({}) },
      async handle(context) {
        return { page: <OwnPage context={context} staff={await parts.staff()} />, title: context.t('staff.own') };
      },
    }),
    route({
      ...{ method: 'post', path: '/akun', may: 'account.own', input: ownSchema },
      async handle(context, { nama, bahasa }) {
        await note(context, context.me._id, 'nama, bahasa');
        await accounts.store.change(context.me._id, { name: nama, language: bahasa });
        context.say(translate(bahasa)('staff.saved'));
        return { to: '/akun' };
      },
    }),
    route({
      ...{ method: 'post', path: '/akun/sandi', may: 'account.own', input: passwordSchema },
      async handle(context, { lama, baru, ulang }) {
        const { t, me } = context;
        if (!(await accounts.verifies(me, lama))) throw new Refusal(t('staff.wrongPassword'));
        if (baru !== ulang) throw new Refusal(t('access.passwordsDiffer'));
        await audit.note({ what: 'password', account: me._id, at: new Date(context.now) });
        await accounts.setPassword(me._id, baru);
        await access.renew(context.request, me);
        context.say(t('staff.passwordSaved'));
        return { to: '/akun' };
      },
    }),
    route({
      ...{ method: 'post', path: '/akun/cuti', may: 'inbox.answer', input: leaveSchema },
      async handle(context, { sampai, pengganti }) {
        const { t, me, now, times } = context;
        if (sampai === undefined) {
          await note(context, me._id, 'cuti selesai');
          await accounts.store.change(me._id, { leave: null });
          context.say(t('staff.leaveOver'));
          return { to: '/akun' };
        }
        const until = (times.read(`${sampai}T00:00`) ?? 0) + DAY;
        const delegate = pengganti === undefined ? undefined : await accounts.store.find(pengganti);
        if (until <= now) throw new Refusal(t('staff.leavePast'));
        if (!delegate?.active || delegate._id === me._id) throw new Refusal(t('staff.needsDelegate'));
        await note(context, me._id, `cuti sampai ${sampai} → ${delegate.login}`);
        await accounts.store.change(me._id, { leave: { until, delegate: delegate._id } });
        const moved = await inbox.handOver(me._id, delegate._id);
        context.say(t('staff.leaveSaved', { name: delegate.name, n: moved }));
        return { to: '/akun' };
      },
    }),
  ];
}
