/** The audit: who saw or changed whose data, when and why. Only ever added to; nothing in the product changes or removes it. */
import type { Connection } from 'mongoose';
import { mongo } from 'mongoose';
import type { IndexSpec } from '../../storage/models/index.ts';
import { orBusy } from '../../storage/transient.ts';

export const indexSpecs: readonly IndexSpec[] = [
  { collection: 'audit', name: 'newest', key: { at: -1 } },
  { collection: 'audit', name: 'person', key: { person: 1, at: -1 } },
  { collection: 'audit', name: 'account', key: { account: 1, at: -1 } },
  { collection: 'audit', name: 'what', key: { what: 1, at: -1 } },
];

export const auditKinds = [
  ...['sign in', 'sign out', 'password', 'account', 'see talk', 'say', 'takeover', 'case', 'see person', 'edit'],
  ...['standing', 'merge', 'unmerge', 'group', 'export', 'programme', 'event', 'broadcast', 'see audit'],
  ...['see application', 'see paper', 'see number', 'application', 'appointment', 'value'],
] as const;
export type AuditKind = (typeof auditKinds)[number];

export interface AuditEntry {
  what: AuditKind;
  /** Who did it: an account. */
  account: string;
  at: Date;
  /** Whose data, where it is somebody's. */
  person?: string;
  /** The case, event, broadcast or account that it is about. */
  thing?: string;
  /** What was changed: fields with what stood there before and what stands there now. */
  changes?: Record<string, { from: unknown; to: unknown }>;
  reason?: string;
}

export interface AuditFilter {
  person?: string;
  account?: string;
  what?: string;
  before?: number;
}

export function createAudit(connection: Connection) {
  const audit = connection.collection<AuditEntry>('audit');
  return {
    /** Before what it tells of is shown or done: what cannot be noted is not done. */
    async note(entry: AuditEntry): Promise<void> {
      await orBusy(() => audit.insertOne({ ...entry, _id: new mongo.ObjectId() }));
    },
    async list({ before, ...rest }: AuditFilter, limit: number): Promise<AuditEntry[]> {
      const filter = { ...rest, at: { $lt: new Date(before ?? 8.64e15) } };
      const found = audit.find(filter as never).sort({ at: -1 });
      return await orBusy(() => found.limit(limit).toArray());
    },
  };
}

export type Audit = ReturnType<typeof createAudit>;
