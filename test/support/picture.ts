/** A small photo that shows its name, as a phone would send one. */
import sharp from 'sharp';

export const pictureOf = (name: string): Promise<Buffer> => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="200"><rect width="320" height="200" fill="#dde"/><text x="20" y="110" font-size="28">${name}</text></svg>`;
  return sharp(Buffer.from(svg)).jpeg().toBuffer();
};
