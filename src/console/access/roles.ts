/** Who may do what: one table, from which the guards of all pages and a test of every page are made. */

/** A kader sees the craftsmen of one kelurahan only; a counter clerk checks vouchers and sees nobody's data. */
export const roles = ['administrator', 'officer', 'kader', 'viewer', 'counter'] as const;
export type Role = (typeof roles)[number];

const table = {
  'home.see': ['administrator', 'officer', 'kader', 'viewer', 'counter'],
  'account.own': ['administrator', 'officer', 'kader', 'viewer', 'counter'],
  'inbox.see': ['administrator', 'officer'],
  'inbox.answer': ['administrator', 'officer'],
  'people.see': ['administrator', 'officer', 'kader', 'viewer'],
  /** Numbers of telephones and of cards whole, not masked. */
  'people.number': ['administrator', 'officer', 'kader'],
  'people.edit': ['administrator', 'officer'],
  'people.verify': ['administrator', 'officer'],
  'people.merge': ['administrator', 'officer'],
  'people.export': ['administrator', 'officer', 'viewer'],
  /** The whole number of a card, with a reason. */
  'people.nik': ['administrator', 'officer'],
  'applications.see': ['administrator', 'officer'],
  'applications.decide': ['administrator', 'officer'],
  'values.see': ['administrator', 'officer', 'viewer'],
  'values.change': ['administrator', 'officer'],
  'programmes.see': ['administrator', 'officer', 'kader', 'viewer'],
  'programmes.change': ['administrator', 'officer'],
  'events.see': ['administrator', 'officer', 'kader', 'viewer'],
  'events.change': ['administrator', 'officer'],
  'broadcasts.see': ['administrator', 'officer', 'viewer'],
  'broadcasts.write': ['administrator', 'officer'],
  'channels.see': ['administrator', 'officer', 'viewer'],
  'channels.pair': ['administrator'],
  /** Where people are served: to speak as any simulated phone, and to read what was said on it. */
  'simulator.use': ['administrator'],
  'staff.manage': ['administrator'],
  'audit.see': ['administrator'],
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof table;
export const actions = Object.keys(table) as Action[];

export const may = (role: Role, action: Action): boolean => (table[action] as readonly Role[]).includes(role);

/**
 * Which craftsmen somebody may see: of all the city, or of one kelurahan (its official code). It goes into the query itself;
 * a page is never handed what it must not show.
 */
export type Scope = { all: true } | { kelurahan: string };

export const scopeOf = ({ role, kelurahan }: { role: Role; kelurahan: string | null }): Scope =>
  role === 'kader' ? { kelurahan: kelurahan ?? 'none' } : { all: true };

/** The part of a query on persons that keeps it within the scope. */
export const within = (scope: Scope): { kelurahan?: string } =>
  'kelurahan' in scope ? { kelurahan: scope.kelurahan } : {};
