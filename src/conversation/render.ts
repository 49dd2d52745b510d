/** Effects in words: what the engine asked to be said becomes messages in the person's language. Pure. */
import { numberedText, type OutgoingMessage } from '../channels/channel.ts';
import type { Effect, TextRef } from '../engine/index.ts';
import { linesOf, put, type Wording } from '../shared/sealed-text.ts';

/** The most that one message may hold (DESIGN.md, conversation rule 1). */
export const MESSAGE_LENGTH = 220;
export const MESSAGE_LINES = 8;

export interface Words {
  text(language: string, ref: TextRef, extra: Record<string, string>): Wording;
  label(language: string, label: Extract<Effect, { type: 'ask' }>['options'][number]['label']): string;
}

export type Draft = Wording & Pick<OutgoingMessage, 'options' | 'numbered' | 'attachment'> & { prompt: boolean };

/** @param extra values known to every text, such as when the office is open */
export function render(
  effects: readonly Effect[],
  words: Words,
  language: string,
  extra: Record<string, string>,
): Draft[] {
  return effects.flatMap((effect) => {
    if (effect.type !== 'say' && effect.type !== 'ask') return [];
    const parts = [...effect.before, effect.text].map((ref) => words.text(language, ref, extra));
    if (effect.type === 'say') {
      const { attachment } = effect;
      return gather(parts, '').map((wording, index, texts) => ({
        ...{ ...wording, options: [], numbered: false, prompt: false },
        ...(attachment && index === texts.length - 1 && { attachment }),
      }));
    }
    const options = effect.options.map(({ id, label }) => ({ id, label: words.label(language, label) }));
    const { numbered, step } = effect;
    if (step) {
      const counted = words.text(
        language,
        { programme: 'shared', key: 'engine.step' },
        {
          number: String(step.number),
          of: String(step.of),
        },
      );
      parts.push(put(counted, ' ', parts.pop() ?? ''));
    }
    const menu = numberedText({ text: '', options, numbered });
    const texts = gather(parts, menu);
    return texts.map((wording, index) =>
      index === texts.length - 1
        ? { ...wording, options, numbered, prompt: true }
        : { ...wording, options: [], numbered: false, prompt: false },
    );
  });
}

/** Joins lines into as few messages as the limits allow; the last one must also hold the options. */
function gather(parts: readonly Wording[], menu: string): Wording[] {
  const messages: Wording[] = [];
  let tail: Wording | undefined;
  for (const part of parts.flatMap(inLines).reverse()) {
    const joined: Wording = tail === undefined ? part : put(part, '\n', tail);
    const whole = messages.length === 0 ? put(joined, menu) : joined;
    if (tail === undefined || fits(whole)) tail = joined;
    else {
      messages.unshift(tail);
      tail = part;
    }
  }
  return tail === undefined ? messages : [tail, ...messages];
}

/** A text that is too long by itself, such as a summary with long names, may be cut between its lines. */
const inLines = (part: Wording): Wording[] => (fits(part) ? [part] : linesOf(part));

const fits = ({ text }: Wording): boolean => text.length <= MESSAGE_LENGTH && text.split('\n').length <= MESSAGE_LINES;
