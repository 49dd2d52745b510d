/* Media: what the library calls to prepare, upload and fetch a file. Bytes go to and come from the server. */

class OpaqueData {
  static async createFromData(file, type) {
    const data = new OpaqueData();
    data.blob = file;
    data.type = type;
    data.bytes = await file.arrayBuffer();
    return data;
  }
  url() {
    return 'blob:stub';
  }
  formData() {
    return this.blob;
  }
  autorelease() {}
}

/** What is known of a file; its methods do not go along when it is copied into a message. */
class MediaData {
  constructor(given) {
    this.set(given);
  }
  set(changes) {
    Object.assign(this, changes);
  }
  toJSON() {
    const { type, mimetype, filehash, filename, directPath, mediaKey, size } = this;
    return { type, mimetype, filehash, filename, directPath, mediaKey, size, preview: undefined };
  }
}

const kindOf = (type, { isPtt, asDocument }) =>
  asDocument ? 'document' : isPtt ? 'ptt' : (/^(image|video|audio)\//.exec(type)?.[1] ?? 'document');

const mediaModules = (server) => ({
  WAWebMediaOpaqueData: OpaqueData,
  WAWebPrepRawMedia: {
    prepRawMedia: (opaque, params) => ({
      waitForPrep: async () =>
        new MediaData({
          type: kindOf(opaque.type, params),
          mimetype: opaque.type,
          filehash: `hash${opaque.bytes.byteLength}`,
          filename: opaque.blob.name,
          mediaBlob: opaque,
        }),
    }),
  },
  WAWebMediaStorage: {
    getOrCreateMediaObject: (filehash) => ({ filehash, contentInfo: { waveform: [] }, consolidate() {} }),
  },
  WAWebMmsMediaTypes: { msgToMediaType: ({ type }) => type, castToV4: (type) => type },
  WAWebMediaDataUtils: { shouldUseMediaCache: () => false },
  WAWebMediaInMemoryBlobCache: { InMemoryMediaBlobCache: { put() {} } },
  WAWebMediaMmsV4Upload: {
    uploadMedia: async () => ({ mediaEntry: { mmsUrl: 'u', directPath: '/stub', mediaKey: 'key', uploadHash: 'h' } }),
  },
  WAWebDownloadManager: {
    downloadManager: {
      async downloadAndMaybeDecrypt({ directPath }) {
        const text = await server.ask({ type: 'download', path: directPath });
        return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer;
      },
    },
  },
});
