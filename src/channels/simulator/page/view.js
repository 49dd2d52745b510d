/** What a message looks like. Everything that people wrote is put in as text, never as markup. */

const zone = 'Asia/Makassar';
const clock = new Intl.DateTimeFormat('id-ID', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
const date = new Intl.DateTimeFormat('id-ID', {
  timeZone: zone,
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const dayKey = new Intl.DateTimeFormat('en-CA', { timeZone: zone });

/** How far a message has come, as a sign and in words; in the order in which it comes. */
const ticks = {
  waiting: ['🕓', 'menunggu dikirim'],
  unknown: ['?', 'belum pasti sampai'],
  'handed over': ['✓', 'dikirim'],
  confirmed: ['✓✓', 'diterima'],
  failed: ['!', 'gagal dikirim'],
};

const media = {
  voice: '🎤 Pesan suara',
  photo: '📷 Foto',
  video: '🎬 Video',
  document: '📄 Berkas',
  sticker: 'Stiker',
  location: '📍 Lokasi',
  contact: '👤 Kontak',
  call: '📞 Telepon',
  other: 'Kiriman',
};

const changed = { edited: 'diubah', deleted: 'Pesan ini dihapus' };

/** @param acts what can be done with the message: a name and what it does */
export function bubble(message, state, acts) {
  const { direction, at } = message;
  const element = document.createElement('article');
  element.className = `message ${direction}`;
  element.dataset.at = at;
  element.dataset.day = dayKey.format(at);
  element.append(content(message));
  const foot = document.createElement('span');
  foot.className = 'foot';
  const time = document.createElement('time');
  time.dateTime = new Date(at).toISOString();
  time.textContent = clock.format(at);
  foot.append(time);
  if (direction === 'in') {
    const tick = document.createElement('span');
    tick.className = 'tick';
    tick.setAttribute('role', 'img');
    foot.append(tick);
  }
  foot.append(menu(acts));
  element.append(foot);
  setTick(element, state);
  return element;
}

/** The message itself: its words, or what was sent instead of words. */
export function content({ kind, text, phone, media: sent, attachment, changed: how }) {
  const element = document.createElement('span');
  element.className = 'content';
  if (how === 'deleted') {
    element.textContent = changed.deleted;
    return element;
  }
  if (sent) element.append(player(`/chat/${phone}/media/${sent.id}`, kind));
  if (attachment?.kind === 'file') element.append(attached(`/chat/${phone}/file/${attachment.id}`, attachment));
  element.append(...marked(text || (sent ? '' : media[kind]) || ''));
  if (attachment?.kind === 'pin') element.append(pinned(attachment));
  if (how === 'edited') element.append(` (${changed.edited})`);
  return element;
}

/** What we sent along: a picture is shown, a voice note can be heard, all else can be saved. */
function attached(source, { type, name }) {
  if (type.startsWith('audio/')) return player(source, 'voice');
  if (!type.startsWith('image/')) {
    const link = document.createElement('a');
    link.className = 'file';
    link.href = source;
    link.download = name;
    link.textContent = `📄 ${name}`;
    return link;
  }
  const picture = document.createElement('img');
  picture.src = source;
  picture.alt = `Gambar: ${name}`;
  return picture;
}

/** A place on the map, as words and degrees: the simulator shows no map. */
function pinned({ name, latitude, longitude }) {
  const place = document.createElement('span');
  place.className = 'file';
  place.textContent = `📍 ${name} (${latitude}, ${longitude})`;
  return place;
}

function player(source, kind) {
  const element = document.createElement(kind === 'voice' ? 'audio' : 'img');
  element.src = source;
  if (kind === 'voice') element.controls = true;
  else element.alt = 'Foto yang dikirim';
  return element;
}

function menu(acts) {
  const element = document.createElement('details');
  element.className = 'acts';
  const summary = document.createElement('summary');
  summary.textContent = '⋯';
  summary.setAttribute('aria-label', 'Pilihan untuk pesan ini');
  element.append(summary);
  for (const [name, act] of acts) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = name;
    button.addEventListener('click', () => {
      element.open = false;
      act();
    });
    element.append(button);
  }
  return element;
}

export function setTick(element, state) {
  const tick = element.querySelector('.tick');
  // An echo may come before the answer to the sending itself; a tick never goes back.
  const rank = Object.keys(ticks).indexOf(state);
  if (!tick || rank < Number(tick.dataset.rank ?? -1)) return;
  tick.dataset.rank = rank;
  const [sign, words] = ticks[state];
  tick.textContent = sign;
  tick.setAttribute('aria-label', words);
}

export function options({ id, options: list, numbered, at }, tap) {
  const element = document.createElement('div');
  element.className = 'options';
  element.setAttribute('role', 'group');
  element.setAttribute('aria-label', 'Pilihan');
  element.dataset.after = at;
  list.forEach((option, index) => {
    const button = document.createElement('button');
    button.type = 'button';
    if (numbered) {
      const number = document.createElement('b');
      number.textContent = index + 1;
      button.append(number);
    }
    button.append(option.label);
    button.addEventListener('click', () => tap(id, option));
    element.append(button);
  });
  return element;
}

export function daySeparator(at) {
  const element = document.createElement('p');
  element.className = 'day';
  const key = dayKey.format(at);
  const ago = (days) => dayKey.format(Date.now() - days * 86_400_000);
  element.textContent = key === ago(0) ? 'Hari ini' : key === ago(1) ? 'Kemarin' : date.format(at);
  return element;
}

/** WhatsApp's *bold* and _italic_ as elements; everything else stays text. */
function marked(text) {
  return text.split(/(\*[^*\n]+\*|_[^_\n]+_)/).map((part) => {
    const tag =
      part.startsWith('*') && part.endsWith('*') ? 'strong' : part.startsWith('_') && part.endsWith('_') ? 'em' : null;
    if (!tag || part.length < 3) return document.createTextNode(part);
    const element = document.createElement(tag);
    element.textContent = part.slice(1, -1);
    return element;
  });
}
