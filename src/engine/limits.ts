/** Everything that a person or a flow can make long has a limit; the reason stands beside it. */

/** Nodes walked in one turn. The longest honest path is about ten; a flow that circles without a question ends here. */
export const STEPS_A_TURN = 50;

/** Flows on top of each other: a form, the menu over it, the language choice over that, and two to spare. */
export const CALL_DEPTH = 5;

/** Answers that *kembali* can undo. A registration has seven. */
export const TRAIL_LENGTH = 20;

/** Options in one message (DESIGN.md, conversation rule 1); a longer list is shown in pages with "lainnya". */
export const OPTIONS_A_MESSAGE = 5;

/** Characters of one saved text answer: the longest full name on an identity card has about 60. */
export const ANSWER_LENGTH = 120;

/** Silence after which the next message is met with where we were (conversation rule 7), in milliseconds: an hour. */
export const AWAY = 3_600_000;

/** After so long a yes that weighs is not taken for a question that was shown before it, in milliseconds: six hours. */
export const PAUSE = 6 * AWAY;

/** Forms whose answers are kept when their flow can no longer be found. */
export const KEPT_FORMS = 5;
