// What a page does in the browser beyond htmx: the menu on a small screen, canned replies, sending by keyboard, and
// recording a voice note. Everything else works without it.

const form = () => document.querySelector('form.write');

document.getElementById('menu')?.addEventListener('click', ({ currentTarget }) => {
  const open = currentTarget.getAttribute('aria-expanded') === 'true';
  currentTarget.setAttribute('aria-expanded', String(!open));
});

// A canned reply goes where the writing is; what stands there already stays.
document.addEventListener('click', ({ target }) => {
  const text = target instanceof Element && target.closest('[data-insert]')?.getAttribute('data-insert');
  const field = document.getElementById('tulis');
  if (!text || !field) return;
  field.value = field.value === '' ? text : `${field.value}\n${text}`;
  target.closest('details')?.removeAttribute('open');
  field.focus();
});

// Ctrl+Enter sends; Enter is a new line.
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') event.target.closest?.('details[open]')?.removeAttribute('open');
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && event.target.id === 'tulis') form()?.requestSubmit();
});

// A form that is being sent is not sent again by an impatient hand.
document.addEventListener('submit', ({ target }) => {
  if (target.method === 'post')
    setTimeout(() => target.querySelectorAll('button').forEach((one) => (one.disabled = true)));
});

// The newest message is in sight, as long as nobody is reading further up.
const talk = document.getElementById('percakapan');
const toEnd = () => talk?.scrollTo({ top: talk.scrollHeight });
let atEnd = true;
talk?.addEventListener('scroll', () => (atEnd = talk.scrollHeight - talk.scrollTop - talk.clientHeight < 60));
document.addEventListener('htmx:afterSwap', ({ target }) => target === talk && atEnd && toEnd());
addEventListener('load', toEnd);

const record = document.getElementById('rekam');
const listen = document.getElementById('dengar');
if (record && navigator.mediaDevices && window.MediaRecorder) {
  record.hidden = false;
  const word = record.textContent;
  let recorder;
  record.addEventListener('click', async () => {
    if (recorder?.state === 'recording') return recorder.stop();
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const parts = [];
      recorder = new MediaRecorder(stream);
      recorder.ondataavailable = ({ data }) => parts.push(data);
      let seconds = 0;
      const clock = setInterval(() => {
        seconds++;
        record.textContent = `${record.dataset.stop} (${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')})`;
      }, 1_000);
      recorder.onstop = () => {
        clearInterval(clock);
        stream.getTracks().forEach((track) => track.stop());
        record.textContent = word;
        record.removeAttribute('aria-pressed');
        const file = new File(parts, 'suara.webm', { type: recorder.mimeType });
        const chosen = new DataTransfer();
        chosen.items.add(file);
        form().querySelector('input[type=file]').files = chosen.files;
        listen.src = URL.createObjectURL(file);
        listen.hidden = false;
      };
      recorder.start();
      record.textContent = record.dataset.stop;
      record.setAttribute('aria-pressed', 'true');
    } catch {
      record.textContent = record.dataset.denied;
    }
  });
}
