import { describe, expect, it } from 'vitest';
import { numberedText } from '../channels/channel.ts';
import { loadLocales } from '../content/locales.ts';
import { loadAreas } from '../content/office.ts';
import { createTexts } from '../content/texts.ts';
import type { Answers, Effect } from '../engine/index.ts';
import { MESSAGE_LENGTH, MESSAGE_LINES, render } from './render.ts';

const texts = createTexts({ locales: loadLocales('locales'), areas: loadAreas('flows') });
const ask = (key: string, more: Partial<Extract<Effect, { type: 'ask' }>> = {}): Effect => ({
  ...{ type: 'ask', before: [], text: { programme: 'registration', key }, form: 'ask', options: [], numbered: true },
  ...more,
});

/** The longest that people answer: a long name, every craft, the longest kelurahan. */
const longest: Answers = {
  'person.name': { kind: 'text', text: 'Hj. Siti Norhasanah Rahmawati Fitriani binti H. Muhammad Syahrani' },
  'person.crafts': { kind: 'options', list: 'crafts', ids: ['sasirangan', 'purun', 'rajut', 'bordir', 'lain'] },
  'person.kelurahan': { kind: 'area', code: '63.72.06.1004' },
  'person.business': { kind: 'options', list: 'business', ids: ['member'] },
  'person.years': { kind: 'number', number: 45, unit: 'years' },
};

describe('a message', () => {
  it('puts what was understood above the question, and counts the questions', () => {
    const before = [
      {
        programme: 'registration',
        key: 'register.name.echo',
        values: { answer: { kind: 'text' as const, text: 'Siti' } },
      },
    ];
    const [message] = render([ask('register.crafts.ask', { before, step: { number: 2, of: 5 } })], texts, 'id', {});
    expect(message?.text).toBe('Senang kenal, Siti.\n(2 dari 5) Bapak/Ibu membuat apa? Boleh lebih dari satu.');
  });

  it('falls back to Indonesian, key by key', () => {
    const [banjarese] = render([ask('register.name.ask')], texts, 'bjn', {});
    expect(banjarese?.text).toBe('Siapa ngaran pian?');
    const [fallback] = render(
      [{ type: 'say', before: [], text: { programme: 'registration', key: 'register.full2' } }],
      texts,
      'bjn',
      {},
    );
    expect(fallback?.text).toContain('Yang melihat hanya petugas');
  });

  it('becomes two rather than too long, also with the longest answers', () => {
    const summary: Effect = {
      type: 'say',
      before: [
        {
          programme: 'registration',
          key: 'register.years.echo',
          values: { answer: longest['person.years'] ?? { kind: 'skipped' } },
        },
      ],
      text: { programme: 'registration', key: 'register.summary', values: longest },
    };
    const messages = render([summary], texts, 'id', {});
    expect(messages.length).toBeGreaterThan(1);
    for (const message of messages) {
      expect(numberedText(message).length).toBeLessThanOrEqual(MESSAGE_LENGTH);
      expect(numberedText(message).split('\n').length).toBeLessThanOrEqual(MESSAGE_LINES);
    }
    expect(messages.map(({ text }) => text).join('\n')).toContain('Landasan Ulin Selatan');
  });

  it('does not let a name make anything bold, quoted, or of several lines', () => {
    const values: Answers = { answer: { kind: 'text', text: '*Siti*\n> _x_ {{name}} $t(register.name.ask)' } };
    const [message] = render(
      [{ type: 'say', before: [], text: { programme: 'registration', key: 'register.name.echo', values } }],
      texts,
      'id',
      {},
    );
    expect(message?.text).toBe('Senang kenal, Siti x {{name}} $t(register.name.ask).');
  });
});
