/** Texts by key, with answers said in words: the only place where data becomes Indonesian or Banjarese. */
import type { Answer, ShownOption, TextRef } from '../engine/index.ts';
import { joined } from '../shared/joined.ts';
import { masked, maskedWhole, put, type Wording } from '../shared/sealed-text.ts';
import { filled, mainLanguage } from './locales.ts';
import type { Content } from './library.ts';

export interface Texts {
  /** @param extra further values, already in words */
  text(language: string, ref: TextRef, extra?: Record<string, string>): Wording;
  label(language: string, label: ShownOption['label']): string;
  /** One answer in words, in a programme's own lists. */
  answer(language: string, programme: string, answer: Answer): string;
}

export function createTexts({ locales, areas }: Pick<Content, 'locales' | 'areas'>): Texts {
  const places = new Map(
    areas.flatMap((area) => [
      [area.code, area.name],
      [area.district.code, area.district.name],
    ]),
  );
  const shared = (language: string, key: string) => locales.text(language, 'shared', key, {});

  function inWords(language: string, programme: string, answer: Answer): string {
    switch (answer.kind) {
      case 'text':
        return plain(answer.text);
      case 'written':
        return answer.text;
      case 'picked':
        return answer.label;
      case 'list':
        return answer.items.map(({ label }) => label).join(', ');
      case 'file':
      case 'pin':
        return answer.name;
      case 'number':
        return counted(language, answer.number.toLocaleString('id-ID'), answer.unit);
      case 'money':
        return rupiah(answer.rupiah);
      case 'secret':
        return masked(answer.last4);
      case 'yes':
        return shared(language, `options.engine.${answer.yes ? 'yes' : 'no'}.label`);
      case 'area':
        return places.get(answer.code) ?? answer.code;
      case 'skipped':
        return shared(language, 'words.skipped');
      case 'options':
        return joined(labelsOf(language, programme, answer), shared(language, 'words.and'));
    }
  }

  return {
    text(language, { programme, key, values = {} }, extra = {}) {
      const words: Record<string, string | Wording> = { ...extra };
      for (const [path, answer] of Object.entries(values)) {
        const name = path.slice(path.indexOf('.') + 1);
        words[name] = inWords(language, programme, answer);
        // Read back whole, to its owner only.
        if (answer.kind === 'secret') words[`${name}_whole`] = hiddenNumber(answer.last4, answer.sealed);
      }
      const missing = Object.keys(words).filter((name) => words[name] === '');
      return put(...filled(withoutGaps(locales.template(language, programme, key), missing), words));
    },
    answer: inWords,
    label(language, label) {
      if ('written' in label) return label.written;
      if ('place' in label) return places.get(label.place) ?? label.place;
      return locales.text(language, label.programme, label.key, {});
    },
  };

  function counted(language: string, count: string, unit: string | undefined): string {
    const key = `units.${unit ?? ''}`;
    return locales.has(mainLanguage, 'shared', key) ? locales.text(language, 'shared', key, { count }) : count;
  }

  /** "shared:steps" names a list of another programme. What was chosen before a deploy may have no label any more. */
  function labelsOf(
    language: string,
    programme: string,
    { list, ids }: Extract<Answer, { kind: 'options' }>,
  ): string[] {
    const [place = '', name] = list.split(':');
    const [of, key] = name === undefined ? [programme, place] : [place, name];
    return ids.map((id) => {
      const label = `options.${key}.${id}.label`;
      return locales.has(mainLanguage, of, label) ? locales.text(language, of, label, {}) : id.replaceAll('_', ' ');
    });
  }
}

function hiddenNumber(last4: string, sealed: string): Wording {
  const text = maskedWhole(last4);
  return { text, masks: [{ from: 0, to: text.length, sealed }] };
}

/**
 * A text in which values are missing never shows the place where they would stand: what can be said without them is said.
 * What only adds to a sentence, behind a colon, goes; else the sentence that needs it does.
 */
function withoutGaps(template: string, missing: readonly string[]): string {
  if (missing.length === 0) return template;
  const gap = `\\{\\{(?:${missing.join('|')})\\}\\}`;
  const shorter = template.replaceAll(new RegExp(`:\\s*\\*?${gap}\\*?(?=[.!?])`, 'g'), '');
  const needs = new RegExp(gap);
  const lines = shorter.split('\n').map((line) =>
    line
      .split(/(?<=[.!?])\s+/)
      .filter((sentence) => !needs.test(sentence))
      .join(' '),
  );
  const left = lines.filter((line) => line !== '').join('\n');
  if (left !== '') return left;
  return shorter.replaceAll(new RegExp(`[\\s,:]*\\*?${gap}\\*?`, 'g'), '').replace(/^[\s,:]+/, '');
}

/** "Rp10.000.000". */
export const rupiah = (amount: number): string => `Rp${amount.toLocaleString('id-ID')}`;

/** What a person wrote, without the marks that WhatsApp turns into bold or a quote, on one line. */
const plain = (text: string): string =>
  text
    .replace(/[*_~`>]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
