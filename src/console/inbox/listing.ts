/** Which cases a page of the inbox shows: what must be looked at at once on top, and below it what is asked for. */
import type { ConsoleParts } from '../parts.ts';
import type { Context } from '../shell/page.tsx';
import type { InboxFilter } from './input.ts';
import type { ListProps } from './list.tsx';
import type { CaseFilter } from './store.ts';

/** Lines of the inbox that a page holds. */
const PAGE = 30;

/** Kinds that one may look for; the others are rare. */
const kinds = [
  'person',
  'question',
  'stuck',
  'voice',
  'photo',
  'document',
  'broadcast_reply',
  'attend',
  'moved',
  'identity',
  'paper',
] as const;

/** The cases that a page shows, with who they are about, at most a page of them. */
export async function listOf(
  parts: Pick<ConsoleParts, 'inbox' | 'people' | 'content' | 'staff'>,
  context: Context,
  filter: InboxFilter,
): Promise<ListProps> {
  const { inbox, people, content } = parts;
  const { urgent: urgentKinds } = content.office.cases;
  const q = context.searched('inbox');
  const { siapa, jenis, keadaan = 'terbuka', sebelum } = filter;
  const wanted: CaseFilter = {
    state: keadaan === 'selesai' ? 'closed' : 'open',
    ...(siapa !== undefined && { assignee: siapa === 'saya' ? context.me._id : siapa === 'kosong' ? null : siapa }),
    ...(jenis !== undefined && { kind: jenis }),
    ...(keadaan === 'terlambat' && { dueBefore: context.now }),
    ...(q !== undefined && { contacts: await people.contacts(context.scope, q) }),
    ...(sebelum !== undefined && { before: sebelum }),
  };
  // What must be looked at at once stands on top of the first page, whatever else is looked for.
  const first = wanted.state === 'open' && sebelum === undefined && q === undefined && jenis === undefined;
  const [rows, urgent, staff] = await Promise.all([
    inbox.list({ ...wanted, ...(first && { without: urgentKinds }) }, PAGE + 1),
    first ? inbox.list({ state: 'open', kinds: urgentKinds }, 20) : [],
    parts.staff(),
  ]);
  const shown = rows.slice(0, PAGE);
  const next = rows.length > PAGE ? Number(shown.at(-1)?.touchedAt) : undefined;
  return { ...{ context, filter, urgent, rows: shown, next, staff }, kinds: [...kinds, ...urgentKinds] };
}
