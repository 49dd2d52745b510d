/** What a person may take home: a certificate picture with the name, and a calendar file. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createEvents } from 'ics';
import opentype, { type Font, type Path } from 'opentype.js';
import sharp from 'sharp';
import { KawanError } from '../../shared/errors.ts';
import type { EventRecord } from './model.ts';

/** Landscape, large enough to be printed on A5 at 200 dots an inch; pixels. */
const WIDTH = 1_654;
const HEIGHT = 1_169;

const fonts = new Map<string, Font>();

/** Letters are drawn from a font of our own, so that a server without fonts draws the same. */
function font(weight: 400 | 700): Font {
  const file = `@fontsource/noto-sans/files/noto-sans-latin-${weight}-normal.woff`;
  let known = fonts.get(file);
  if (!known) {
    const bytes = readFileSync(createRequire(import.meta.url).resolve(file));
    known = opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    fonts.set(file, known);
  }
  return known;
}

/** Every number apart: the packed form that the library writes is not read whole by the renderer. */
const outline = ({ commands }: Path): string =>
  commands
    .map(({ type, ...points }) => {
      const { x1, y1, x2, y2, x, y } = points as Record<string, number | undefined>;
      const numbers = [x1, y1, x2, y2, x, y].filter((number) => number !== undefined);
      return `${type}${numbers.map((number) => number.toFixed(2)).join(' ')}`;
    })
    .join(' ');

/** A line in the middle, made smaller until it fits. */
function line(text: string, y: number, size: number, weight: 400 | 700): string {
  const face = font(weight);
  const room = WIDTH - 240;
  const fitting = Math.min(size, (size * room) / Math.max(1, face.getAdvanceWidth(text, size)));
  const x = (WIDTH - face.getAdvanceWidth(text, fitting)) / 2;
  return `<path fill="#1b3a2f" d="${outline(face.getPath(text, x, y, fitting))}"/>`;
}

/** A PNG: who took part in what, when, and who held it. */
export async function certificate(name: string, event: string, when: string, office: string): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
    <rect width="100%" height="100%" fill="#fbf7ec"/>
    <rect x="40" y="40" width="${WIDTH - 80}" height="${HEIGHT - 80}" fill="none" stroke="#b5652b" stroke-width="10"/>
    <rect x="62" y="62" width="${WIDTH - 124}" height="${HEIGHT - 124}" fill="none" stroke="#1b3a2f" stroke-width="3"/>
    ${line('Sertifikat', 270, 120, 700)}
    ${line('diberikan kepada', 400, 44, 400)}
    ${line(name, 540, 96, 700)}
    ${line('yang sudah ikut', 670, 44, 400)}
    ${line(event, 780, 64, 700)}
    ${line(when, 870, 40, 400)}
    ${line(office, 1_030, 36, 400)}
  </svg>`;
  return sharp(Buffer.from(svg)).png({ compressionLevel: 9, palette: true }).toBuffer();
}

/** An iCalendar file with every date of the event; times are UTC inside, so that each phone shows its own. */
export function calendar(event: EventRecord): Buffer {
  const { value, error } = createEvents(
    event.dates.map(({ start, end }, index) => ({
      uid: `${event._id}-${index}@kawan-pengrajin`,
      start,
      end,
      startInputType: 'utc' as const,
      startOutputType: 'utc' as const,
      title: event.name,
      description: event.about,
      location: event.place.words,
      ...(event.place.pin && { geo: { lat: event.place.pin.latitude, lon: event.place.pin.longitude } }),
    })),
  );
  if (typeof value !== 'string' || error)
    throw new KawanError('The calendar file could not be made', { event: event._id }, { cause: error });
  return Buffer.from(value);
}
