/** "a, b dan c": a list as it is said; `and` is the language's own word. */
export function joined(words: readonly string[], and: string): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} ${and} ${last}`;
}
