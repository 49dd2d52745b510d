/** The console's own words, in Indonesian and English. A key that is missing in one of them does not compile. */
import i18next from 'i18next';
import english from '../../../locales/console.en.json' with { type: 'json' };
import indonesian from '../../../locales/console.id.json' with { type: 'json' };

export const languages = ['id', 'en'] as const;
export type Language = (typeof languages)[number];

type Leaves<T, P extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${P}${K}` : Leaves<T[K], `${P}${K}.`>;
}[keyof T & string];
export type WordKey = Leaves<typeof indonesian>;

/** Both files hold the same keys; the compiler sees to it. */
const trees = {
  id: { console: indonesian },
  en: { console: english satisfies typeof indonesian },
} as const satisfies Record<Language, { console: typeof indonesian }>;

const words = i18next.createInstance();
void words.init({
  resources: trees,
  lng: 'id',
  fallbackLng: 'id',
  defaultNS: 'console',
  initAsync: false,
  showSupportNotice: false,
  // The pages escape what they show.
  interpolation: { escapeValue: false },
} as Parameters<typeof words.init>[0]);

export interface Translate {
  (key: WordKey, values?: Record<string, string | number>): string;
  /** The word for something that the data names, such as the state of an event; its own name where there is none. */
  of(group: string, name: string): string;
}

export function translate(language: Language): Translate {
  const t = words.getFixedT(language);
  const to = (key: WordKey, values: Record<string, string | number> = {}): string => t(key, values);
  return Object.assign(to, {
    of: (group: string, name: string) => (words.exists(`${group}.${name}`) ? t(`${group}.${name}`) : name),
  });
}
