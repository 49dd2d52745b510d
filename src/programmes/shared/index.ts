/** Actions common to all programmes: the language, and no more messages. */
import type { Action, Programme } from '../programme.ts';

const language: Action = {
  outcomes: ['done'],
  changes: true,
  run: ({ answers }) => {
    const chosen = answers['contact.language'];
    const id = chosen?.kind === 'options' ? chosen.ids[0] : undefined;
    return Promise.resolve({ outcome: 'done', ...(id !== undefined && { contact: { language: id } }) });
  },
};

/** Outbound stops with this very turn; what else should stop is asked afterwards. */
const mute: Action = {
  outcomes: ['form', 'idle'],
  changes: true,
  silences: true,
  run: ({ interrupted }) => Promise.resolve({ outcome: interrupted ? 'form' : 'idle', contact: { muted: true } }),
};

const unmute: Action = {
  outcomes: ['done'],
  changes: true,
  run: () => Promise.resolve({ outcome: 'done', contact: { muted: false } }),
};

export const shared: Programme = { id: 'shared', actions: { language, mute, unmute } };
