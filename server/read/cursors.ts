/** Cursors of the gateway's lists: base64url of a small JSON that names its list and version, and nothing to keep. */
import { Type } from "typebox";
import type { Static } from "typebox";
import { Value } from "typebox/value";
import { InvalidCursor } from "../../protocol/ports/read.ts";

const version = 1;
const maxCursorLength = 400;

const Content = Type.Object({
  v: Type.Literal(version),
  list: Type.String(),
  at: Type.Integer({ minimum: 0 }),
  /** The cursor of a trace inside it. */
  in: Type.Optional(Type.String()),
});

/** Where a list goes on: after the record `at`, and for a trace, from the trace's own cursor. */
export interface Place {
  readonly at: number;
  readonly inner?: string;
}

export const encodeCursor = (list: string, { at, inner }: Place): string => {
  const content: Static<typeof Content> = {
    v: version,
    list,
    at,
    ...(inner === undefined ? {} : { in: inner }),
  };
  return Buffer.from(JSON.stringify(content)).toString("base64url");
};

/** Throws InvalidCursor for anything that {@link encodeCursor} did not make for this list. */
export const decodeCursor = (list: string, cursor: string): Place => {
  if (cursor.length > maxCursorLength || !/^[A-Za-z0-9_-]+$/.test(cursor)) throw new InvalidCursor(cursor);
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    throw new InvalidCursor(cursor);
  }
  if (!Value.Check(Content, content) || content.list !== list) throw new InvalidCursor(cursor);
  return content.in === undefined ? { at: content.at } : { at: content.at, inner: content.in };
};
