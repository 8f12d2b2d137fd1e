/** A list in parts of `length`, so that only so many questions are under way at once. */
export function* chunksOf<Item>(items: Iterable<Item>, length: number): Generator<readonly Item[]> {
  let chunk: Item[] = [];
  for (const item of items) {
    chunk.push(item);
    if (chunk.length < length) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
