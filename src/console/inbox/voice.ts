/** A recording of a browser (Opus in WebM) as the voice note that phones play (Opus in Ogg): packed anew, not coded anew. */

/** Undefined when there is no Opus sound in it. */
export async function voiceNote(webm: Buffer): Promise<Buffer | undefined> {
  // Large, and seldom wanted: it is loaded when somebody has recorded something.
  const { BlobSource, BufferTarget, Conversion, Input, OggOutputFormat, Output, WEBM } = await import('mediabunny');
  const input = new Input({ source: new BlobSource(new Blob([new Uint8Array(webm)])), formats: [WEBM] });
  try {
    const track = await input.getPrimaryAudioTrack();
    if (track?.codec !== 'opus') return undefined;
    const target = new BufferTarget();
    const output = new Output({ format: new OggOutputFormat(), target });
    const conversion = await Conversion.init({ input, output, video: { discard: true }, showWarnings: false });
    if (!conversion.isValid) return undefined;
    await conversion.execute();
    return target.buffer ? Buffer.from(target.buffer) : undefined;
  } catch {
    // Not a file that can be read as WebM, whatever its first bytes say.
    return undefined;
  }
}
