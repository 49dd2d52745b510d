/** What the engine asks to be done. It does nothing itself: the turn renders, stores, sends and acts. */
import type { Answer, Answers, Form } from './session.ts';

/** A text by key. Values are answers, said in words by the renderer in the person's language. */
export interface TextRef {
  /** The i18next namespace: the programme's id. */
  programme: string;
  /** For example "register.name.ask". */
  key: string;
  values?: Answers;
}

/** One thing to choose from, as the person sees it. */
export interface ShownOption {
  id: string;
  /** A text, or a place by its official code (a kelurahan or a kecamatan), whose name is data. */
  label: TextRef | { place: string } | { written: string };
}

/** What may go with a text: a stored file, or a place on the map. */
export type Attachment = Extract<Answer, { kind: 'file' | 'pin' }>;

export type Effect =
  | { type: 'say'; before: readonly TextRef[]; text: TextRef; attachment?: Attachment }
  | {
      type: 'ask';
      /** Lines above the question: what was understood, where we were, thanks, whose fault it was. */
      before: readonly TextRef[];
      text: TextRef;
      form: Form;
      options: readonly ShownOption[];
      /** Options are shown with a digit each. False where a digit is itself an answer (years, say). */
      numbered: boolean;
      /** "2 dari 5", where the flow counts its questions. */
      step?: { number: number; of: number };
    }
  /** Call a programme's action and come back with its outcome. Always the last effect of a step. */
  | {
      type: 'do';
      action: string;
      node: string;
      answers: Answers;
      /** What the flow tells the action beside the answers. */
      with: Readonly<Record<string, string>>;
      /** Of which programme the calling flow is. */
      programme: string;
      /** Lines that wait to be said; they come back with the result. */
      before: readonly TextRef[];
    }
  /** The message that led here holds what must not be kept: its words go. */
  | { type: 'hide' }
  /** Open (or touch) a case for staff. The conversation goes on. */
  | { type: 'case'; kind: string; flow: string; node: string };
