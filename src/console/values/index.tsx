/** Values that the office owns: what is not known yet and whom it blocks, drafts, what is published, and the way back. */
import { z } from 'zod';
import type { Held, HeldValue, Scalar } from '../../rules/index.ts';
import type { StoredValue } from '../../storage/rule-values.ts';
import type { ConsoleParts } from '../parts.ts';
import { optional, word } from '../shell/fields.ts';
import { Refusal, route, type Context, type Route } from '../shell/page.tsx';
import { OnePage, ValuesPage } from './pages.tsx';
import { readValue, type Kind } from './reading.ts';

const date = z.iso.date('tanggal ditulis seperti 2026-11-25');
const id = z.string().regex(/^[0-9a-f]{24}$/, 'bukan nilai');
const which = { aturan: word.or(z.string().regex(/^[a-z0-9_]{1,40}$/)), nilai: z.string().regex(/^[a-z0-9_]{1,40}$/) };

const draftSchema = z.strictObject({
  ...which,
  isi: optional(z.string().trim().max(200)),
  rendah: optional(z.string().trim().max(40)),
  tinggi: optional(z.string().trim().max(40)),
  sumber: z.string().trim().min(3).max(200),
  dicek: date,
  mulai: date,
});
const stepSchema = z.strictObject({ ...which, id });
const backSchema = z.strictObject({ ...which, id, alasan: z.string().trim().min(3).max(200) });

/** A value that the office may fill in, as it stands just now. */
export interface Row {
  rule: string;
  name: string;
  label: string;
  kind: Kind;
  blocks: string;
  held: HeldValue;
  stale: boolean;
}

export function createValuePages(parts: ConsoleParts): Route[] {
  const { content, audit, product } = parts;
  const values = product.ruleValues;

  const rowsAt = (now: number): Row[] =>
    [...content.rules.at(now).values()].flatMap((held: Held) =>
      Object.entries(held.version.asks).flatMap(([name, { label, kind, blocks }]) => {
        const value = held.values[name];
        return value ? [{ rule: held.rule, name, label, kind, blocks, held: value, stale: held.stale }] : [];
      }),
    );
  const rowOf = (context: Context, rule: string, name: string) =>
    rowsAt(context.now).find((row) => row.rule === rule && row.name === name);

  const note = (
    context: Context,
    thing: string,
    reason: string,
    changes: Record<string, { from: unknown; to: unknown }>,
  ) => audit.note({ what: 'value', account: context.me._id, at: new Date(context.now), thing, reason, changes });

  const step =
    (does: 'publish' | 'roll back') =>
    async (context: Context, one: z.infer<typeof stepSchema> & { alasan?: string }) => {
      const { t, me, now } = context;
      const found = await values.find(one.id);
      if (found?.rule !== one.aturan || found.name !== one.nilai) return { missing: true as const };
      const reason = one.alasan ?? '';
      const to = does === 'publish' ? 'published' : 'rolled back';
      await note(context, `${one.aturan}.${one.nilai}`, reason, {
        state: { from: found.state, to },
        value: { from: null, to: told(found) },
      });
      const done =
        does === 'publish'
          ? await values.publish(one.id, me._id, new Date(now))
          : await values.rollBack(one.id, me._id, new Date(now), reason);
      if (!done) throw new Refusal(t('values.stale'));
      await refreshValues(parts);
      context.say(t(does === 'publish' ? 'values.published' : 'values.rolledBack'));
      return { to: `/nilai/${one.aturan}/${one.nilai}` };
    };

  return [
    route({
      ...{ method: 'get', path: '/nilai', may: 'values.see', input: z.strictObject({}) },
      async handle(context) {
        const drafts = await values.drafts();
        return {
          page: <ValuesPage {...{ context, drafts, rows: rowsAt(context.now), sampleHours: content.office.sample }} />,
          title: context.t('nav.values'),
        };
      },
    }),
    route({
      ...{ method: 'get', path: '/nilai/:aturan/:nilai', may: 'values.see', input: z.strictObject(which) },
      async handle(context, { aturan, nilai }) {
        const row = rowOf(context, aturan, nilai);
        if (!row) return { missing: true };
        const [history, staff] = await Promise.all([values.history(aturan, nilai), parts.staff()]);
        return {
          page: <OnePage {...{ context, row, history, staff, today: content.rules.dayOf(context.now) }} />,
          title: row.label,
        };
      },
    }),
    route({
      ...{ method: 'post', path: '/nilai/:aturan/:nilai/rancangan', may: 'values.change', input: draftSchema },
      async handle(context, { aturan, nilai, isi, rendah, tinggi, sumber, dicek, mulai }) {
        const { t, me, now } = context;
        const row = rowOf(context, aturan, nilai);
        if (!row) return { missing: true };
        const read = (given: string | undefined): Scalar | undefined => {
          const value = given === undefined ? undefined : readValue(row.kind, given);
          if (given !== undefined && value === undefined) throw new Refusal(t.of('valueHints', row.kind));
          return value;
        };
        const [value, low, high] = [read(isi), read(rendah), read(tinggi)];
        const range = low !== undefined && high !== undefined ? { low, high } : null;
        if ((value === undefined) === (range === null)) throw new Refusal(t('values.oneOf'));
        if (range && Number(range.low) > Number(range.high)) throw new Refusal(t('values.order'));
        const stored = {
          rule: aturan,
          name: nilai,
          from: mulai,
          value: value ?? null,
          range,
          source: sumber,
          checked: dicek,
        };
        await note(context, `${aturan}.${nilai}`, sumber, { value: { from: row.held.value, to: told(stored) } });
        await values.write({ ...stored, written: { by: me._id, at: new Date(now) } });
        context.say(t('values.drafted'));
        return { to: `/nilai/${aturan}/${nilai}` };
      },
    }),
    route({
      ...{ method: 'post', path: '/nilai/:aturan/:nilai/terbitkan', may: 'values.change', input: stepSchema },
      handle: step('publish'),
    }),
    route({
      ...{ method: 'post', path: '/nilai/:aturan/:nilai/tarik', may: 'values.change', input: backSchema },
      handle: step('roll back'),
    }),
  ];
}

const told = ({ value, range }: Pick<StoredValue, 'value' | 'range'>): string =>
  range ? `${String(range.low)}–${String(range.high)}` : String(value);

/** Reads what the office has published, also in another process. Within the minute it holds for everybody. */
export async function refreshValues({
  content,
  product,
  production,
}: Pick<ConsoleParts, 'content' | 'product' | 'production'>): Promise<void> {
  content.rules.replace(await product.ruleValues.published(), production);
}
