/** Things by what a function says of them, in their order. Node 20 has no `Map.groupBy` yet. */
export function groupBy<T, Key>(things: Iterable<T>, key: (thing: T) => Key): Map<Key, T[]> {
  const groups = new Map<Key, T[]>();
  for (const thing of things) {
    const group = groups.get(key(thing));
    if (group) group.push(thing);
    else groups.set(key(thing), [thing]);
  }
  return groups;
}
