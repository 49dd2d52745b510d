/** The pace of a person: by the length of the text, within the limits of the settings, never twice the same. */
import { expect, it } from 'vitest';
import { loadWhatsAppSettings } from '../../make-channels.ts';
import { gapTime, typingTime } from './pacing.ts';

const { pace } = loadWhatsAppSettings('flows');

it.each([
  ['', 600],
  ['Ya', 630],
  ['a'.repeat(100), 2_100],
  ['a'.repeat(4_000), 3_000],
])('typing %s takes so long', (text, ms) => expect(typingTime(text, pace.typing)).toBe(ms));

it.each([
  [0, 300],
  [0.5, 750],
  [1, 1_200],
])('the gap at chance %d', (chance, ms) => expect(gapTime(pace.gap, chance)).toBe(ms));
