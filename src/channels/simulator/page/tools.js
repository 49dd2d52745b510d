/** The tools beside the chat: attachments, the time, a poor connection, and the talk as a text or a scenario. */
import { faults } from './faults.js';

const byId = (id) => document.getElementById(id);
const said = byId('tools-said');
const whenFormat = new Intl.DateTimeFormat('id-ID', {
  timeZone: 'Asia/Makassar',
  dateStyle: 'full',
  timeStyle: 'short',
});

/** @param page what the chat offers: phone, send, deliver, messages, offline */
export function setUpTools({ phone, send, deliver, messages, offline }) {
  const here = `/chat/${phone}`;
  let ahead = 0;

  byId('open-tools').addEventListener('click', () => {
    const tools = byId('tools');
    tools.hidden = !tools.hidden;
    byId('open-tools').setAttribute('aria-expanded', String(!tools.hidden));
  });

  async function tellTime(response) {
    const time = await response.json();
    if (!response.ok) return void (said.textContent = time.message);
    // The server's time is the one that counts, whatever this device believes.
    ahead = time.now - Date.now();
    byId('when').textContent = time.ahead > 0 ? `· ${whenFormat.format(time.now)}` : '';
    for (const button of document.querySelectorAll('[data-forward], #go')) button.disabled = !time.movable;
  }
  async function forward(ms) {
    said.textContent = '';
    const response = await fetch('/simulator/clock', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ forward: Math.round(ms) }),
    }).catch(() => null);
    if (!response) return void (said.textContent = 'Sedang sibuk. Coba lagi sebentar.');
    await tellTime(response);
    if (response.ok) said.textContent = `Sekarang ${byId('when').textContent.slice(2)}.`;
  }
  for (const button of document.querySelectorAll('[data-forward]'))
    button.addEventListener('click', () => void forward(Number(button.dataset.forward)));
  byId('go').addEventListener('click', () => {
    // Nine in the morning of that day, in WITA.
    const until = Date.parse(`${byId('until').value}T09:00:00+08:00`);
    const ms = until - (Date.now() + ahead);
    if (Number.isNaN(ms) || ms <= 0) said.textContent = 'Pilih tanggal sesudah hari ini. Waktu tidak bisa mundur.';
    else void forward(ms);
  });
  void fetch('/simulator/clock').then(tellTime, () => undefined);

  for (const box of document.querySelectorAll('[data-fault]'))
    box.addEventListener('change', () => {
      const fault = box.dataset.fault;
      faults[fault] = box.checked;
      if (fault === 'offline') offline(box.checked);
      if (fault === 'swap' && !box.checked) faults.holding = false;
      if (!box.checked) void deliver();
    });

  byId('copy').addEventListener('click', async () => {
    const lines = messages()
      .sort((a, b) => a.at - b.at)
      .map(({ direction, text, kind, options }) =>
        [
          `${direction === 'in' ? 'Saya' : 'Kawan'}: ${text || `[${kind}]`}`,
          ...options.map(({ label }) => `  - ${label}`),
        ].join('\n'),
      );
    try {
      await navigator.clipboard.writeText(lines.join('\n'));
      said.textContent = `${lines.length} pesan sudah disalin.`;
    } catch {
      said.textContent = 'Peramban ini tidak mengizinkan menyalin. Pakai "Simpan sebagai skenario".';
    }
  });
  byId('save').href = `${here}/scenario`;

  const close = () => (byId('attach').open = false);
  async function sendMedia(kind, blob) {
    close();
    const response = await fetch(`${here}/media`, { method: 'POST', body: blob }).catch(() => null);
    if (response?.status === 201) return send({ kind, media: await response.json() });
    const why = response ? (await response.json()).message : 'Sedang sibuk. Coba lagi sebentar.';
    byId('tools').hidden = false;
    said.textContent = why;
  }
  for (const kind of ['photo', 'voice'])
    byId(kind).addEventListener('change', (event) => {
      const [file] = event.target.files;
      event.target.value = '';
      if (file) void sendMedia(kind, file);
    });
  for (const button of document.querySelectorAll('[data-kind]'))
    button.addEventListener('click', () => {
      close();
      send({ kind: button.dataset.kind });
    });
  setUpRecorder(byId('record'), (blob) => void sendMedia('voice', blob));

  return { ahead: () => ahead };
}

/** Records until it is tapped again. Where there is no microphone, a file can be sent instead. */
function setUpRecorder(button, done) {
  if (typeof MediaRecorder === 'undefined' || !navigator.mediaDevices) {
    button.hidden = true;
    return;
  }
  let recorder;
  button.addEventListener('click', async () => {
    if (recorder) return recorder.stop();
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const parts = [];
      recorder = new MediaRecorder(stream);
      recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
      recorder.addEventListener('stop', () => {
        for (const track of stream.getTracks()) track.stop();
        button.textContent = 'Rekam suara';
        done(new Blob(parts, { type: recorder.mimeType }));
        recorder = undefined;
      });
      recorder.start();
      button.textContent = 'Selesai, kirim';
    } catch {
      said.textContent = 'Mikrofon tidak bisa dipakai. Kirim berkas suara saja.';
      byId('tools').hidden = false;
    }
  });
}
