/** The chat page: shows the history, follows what comes, sends what is written or tapped, and never loses a message. */
import { faults, order } from './faults.js';
import { setUpTools } from './tools.js';
import { bubble, content, daySeparator, options, setTick } from './view.js';

const phone = location.pathname.split('/')[2] ?? '1';
const here = `/chat/${phone}`;
const log = document.getElementById('log');
const empty = document.getElementById('empty');
const busy = document.getElementById('busy');
const typing = document.getElementById('typing');
const form = document.getElementById('form');
const text = document.getElementById('text');
document.getElementById('phone').textContent = phone;
document.title = `Kawan Pengrajin · HP ${phone}`;

/** Messages on the screen by id. */
const shown = new Map();
let newest = 0;
let oldest = Number.MAX_SAFE_INTEGER;
/** Messages that are not accepted yet, kept over a reload until they are. */
const waitingKey = `kawan-waiting-${phone}`;
const waiting = JSON.parse(sessionStorage.getItem(waitingKey) ?? '[]');
let sending = false;

const atBottom = () => log.scrollHeight - log.scrollTop - log.clientHeight < 80;
const toBottom = () => (log.scrollTop = log.scrollHeight);

/** Puts a message where its time belongs; one that is on the screen already is only confirmed. */
function show(message, state = 'confirmed') {
  const known = shown.get(message.id);
  if (known) return setTick(known.element, state);
  empty.hidden = true;
  const stick = atBottom();
  const element = bubble(message, state, actsFor(message));
  const buttons = message.options.length > 0 ? options(message, tap) : null;
  shown.set(message.id, { element, at: message.at, message });
  const after = [...log.querySelectorAll('.message')].find((other) => Number(other.dataset.at) > message.at);
  for (const part of [element, buttons]) if (part) log.insertBefore(part, after ?? null);
  if (message.direction === 'out') {
    newest = Math.max(newest, message.at);
    typing.hidden = true;
  }
  oldest = Math.min(oldest, message.at);
  separateDays();
  markOldOptions();
  if (stick) toBottom();
}

/** A separator before the first message of each day. */
function separateDays() {
  let day = '';
  for (const element of [...log.children]) {
    if (element.classList.contains('day')) element.remove();
    else if (element.dataset.day && element.dataset.day !== day) {
      day = element.dataset.day;
      log.insertBefore(daySeparator(Number(element.dataset.at)), element);
    }
  }
}

/** Only the newest question's options look like an invitation; the older ones may still be tapped, as on a phone. */
function markOldOptions() {
  const all = [...log.querySelectorAll('.options')];
  all.forEach((list, index) => list.classList.toggle('old', index < all.length - 1));
}

async function load(query) {
  const response = await fetch(`${here}/messages?${query}`);
  if (response.status === 401) location.reload();
  if (!response.ok) throw new Error(String(response.status));
  const { messages } = await response.json();
  for (const message of messages) show(message);
  return messages.length;
}

/** What can be done with a message, as on a phone: answer to it, and change or delete an own one. */
function actsFor(message) {
  const own = message.direction === 'in' && message.kind === 'text';
  return [
    ['Balas', () => quoteThis(message)],
    ...(own ? [['Ubah', () => changeThis(message, 'edited')]] : []),
    ...(own ? [['Hapus', () => changeThis(message, 'deleted')]] : []),
  ];
}

let quoted;
function quoteThis(message) {
  quoted = message;
  quote.hidden = message === undefined;
  quote.querySelector('span').textContent = message ? `Membalas: ${(message.text || 'kiriman').slice(0, 60)}` : '';
  if (message) text.focus();
}

function changeThis(message, kind) {
  const words = kind === 'edited' ? prompt('Ubah pesan', message.text) : '';
  if (words === null || (kind === 'deleted' && !confirm('Hapus pesan ini?'))) return;
  const known = shown.get(message.id);
  known.element.querySelector('.content').replaceWith(content({ ...message, text: words, changed: kind }));
  send({ kind, target: message.id, text: words, hidden: true });
}

function send(message) {
  const { label = message.text, hidden, ...rest } = message;
  const sent = { id: crypto.randomUUID(), ...rest };
  waiting.push({ sent, label, at: Date.now() + tools.ahead(), hidden });
  order(waiting);
  remember();
  if (!hidden) show(asShown({ sent, label, at: Date.now() + tools.ahead() }), 'waiting');
  toBottom();
  void deliver();
}

const asShown = ({ sent, label, at }) => ({
  id: `in:${phone}-${sent.id}`,
  direction: 'in',
  kind: sent.kind,
  text: label ?? '',
  options: [],
  at,
  phone,
  ...(sent.media && { media: sent.media }),
});
const tap = (prompt, option) =>
  send({ kind: 'tap', tap: { option: option.id, prompt }, label: option.label, text: option.label });
const remember = () => sessionStorage.setItem(waitingKey, JSON.stringify(waiting));

/** One after the other, in order; while the server is busy the same message is sent again under the same id. */
async function deliver() {
  if (sending) return;
  sending = true;
  for (let pause = 500; waiting.length > 0 && !faults.offline && !faults.holding;) {
    const [first] = waiting;
    const [response] = await Promise.all((faults.twice ? [0, 1] : [0]).map(() => post(first.sent)));
    // Signed out meanwhile: the door comes first, and what is written here waits.
    if (response?.status === 401) return location.reload();
    const tick = (state) => {
      const known = shown.get(`in:${phone}-${first.sent.id}`);
      if (known) setTick(known.element, state);
    };
    if (response !== null && response.status < 500) {
      busy.hidden = true;
      pause = 500;
      waiting.shift();
      remember();
      tick(response.ok ? 'handed over' : 'failed');
      continue;
    }
    // No answer at all: it may have arrived. The same id makes sending it again harmless.
    tick(response === null ? 'unknown' : 'waiting');
    busy.hidden = false;
    await new Promise((wake) => {
      setTimeout(wake, pause);
      addEventListener('online', wake, { once: true });
    });
    pause = Math.min(pause * 2, 5_000);
  }
  sending = false;
}

const post = (sent) =>
  fetch(`${here}/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(sent),
  }).catch(() => null);

let typingTimer;
function showTyping() {
  typing.hidden = false;
  clearTimeout(typingTimer);
  typingTimer = setTimeout(() => (typing.hidden = true), 10_000);
}

const catchUp = () =>
  load(`after=${newest}`).then(
    () => (waiting.length === 0 ? (busy.hidden = true) : undefined),
    () => (busy.hidden = false),
  );

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const words = text.value.trim();
  if (words === '') return;
  text.value = '';
  text.focus();
  send({ kind: 'text', text: words, ...(quoted && { quoted: quoted.id }) });
  quoteThis(undefined);
});
text.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});
log.addEventListener('scroll', () => {
  if (log.scrollTop > 40 || shown.size === 0 || log.dataset.whole === 'yes') return;
  const height = log.scrollHeight;
  void load(`before=${oldest}&limit=60`).then((count) => {
    if (count === 0) log.dataset.whole = 'yes';
    log.scrollTop = log.scrollHeight - height;
  }, catchUp);
});

const quote = document.getElementById('quote');
document.getElementById('unquote').addEventListener('click', () => quoteThis(undefined));
// What came while the tools were open is looked at when they are closed.
document.getElementById('open-tools').addEventListener('click', () => requestAnimationFrame(toBottom));
const tools = setUpTools({
  phone,
  send,
  deliver,
  messages: () => [...shown.values()].map(({ message }) => message),
  offline(is) {
    if (is) events?.close();
    else listen();
  },
});

await load('limit=60').catch(() => (busy.hidden = false));
for (const message of waiting) if (!message.hidden) show(asShown(message), 'waiting');
toBottom();
void deliver();

let events;
function listen() {
  events = new EventSource(`${here}/events`);
  events.addEventListener('message', ({ data }) => show(JSON.parse(data)));
  events.addEventListener('typing', showTyping);
  events.addEventListener('catch-up', catchUp);
  events.addEventListener('error', () => (busy.hidden = false));
}
listen();
