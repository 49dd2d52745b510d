/**
 * A text without such signs at its end: each is looked at once, where an expression would begin anew at every one of them.
 * @param sign one sign, such as /[.\s]/
 */
export function withoutEnd(text: string, sign: RegExp): string {
  let end = text.length;
  while (end > 0 && sign.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
