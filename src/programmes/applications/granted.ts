/** What a text must not say where somebody else decides, such as a bank: that it is granted. */
const granted = /\b(?:di-?)?(?:setujui|satujui|kabulkan|acc)\b|\bcair\b|\blolos\b|\bpasti dapat\b/iu;

/** Whether a text says that something is granted. */
export const saysGranted = (text: string): boolean => granted.test(text);
