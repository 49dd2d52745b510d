/** `flows/shared/whatsapp.yaml`: the bot's manners on the office's number. Spans become milliseconds. */
import { z } from 'zod';
import { span } from '../../shared/span.ts';

const milliseconds = z.int().min(0).max(60_000);
const range = { least: milliseconds, most: milliseconds };
const ordered = ({ least, most }: { least: number; most: number }): boolean => least <= most;

export const settingsSchema = z.strictObject({
  source: z.string().min(1),
  pace: z.strictObject({
    typing: z
      .strictObject({ perLetter: z.int().min(0).max(200), ...range })
      .refine(ordered, '"least" is not above "most"'),
    gap: z.strictObject(range).refine(ordered, '"least" is not above "most"'),
  }),
  brake: z.strictObject({
    contact: z.strictObject({
      answers: z.int().min(5),
      within: span,
      identical: z.int().min(3),
      rest: span,
    }),
    all: z.strictObject({ messages: z.int().min(10), within: span }),
  }),
  daily: z.int().min(1).max(1_000),
  missed: z.strictObject({ age: span, perChat: z.int().min(1).max(200), chats: z.int().min(1).max(2_000) }),
  media: z.strictObject({ seconds: z.int().min(1).max(120), megabytes: z.number().min(0.1).max(8) }),
  memory: z.int().min(200),
});

export type WhatsAppSettings = z.output<typeof settingsSchema>;
