/** The codes and numbers by which requests name records. */
import { parseCode, type Code } from "../protocol/codes/code.ts";
import { ProblemError } from "./problems.ts";

/**
 * A code of one kind from the path; any other text is a 404 that says why. What reads as no code is not repeated: it may
 * be a number of somebody, or a key.
 */
export const codeOf = <Kind extends Code["kind"]>(
  kind: Kind,
  text: string,
): Extract<Code, { kind: Kind }> => {
  const parsed = parseCode(text);
  if (parsed.ok && isKind(kind, parsed.code)) return parsed.code;
  throw new ProblemError(
    "not-found",
    parsed.ok
      ? `no ${kind} ${JSON.stringify(text)}: it is a ${parsed.code.kind}'s code`
      : `no such ${kind}: the text in the path does not read as a code (${parsed.refusal})`,
  );
};

/** The same for a code inside a body: the fault names the field. */
export const codeIn = <Kind extends Code["kind"]>(
  kind: Kind,
  field: string,
  text: string,
): Extract<Code, { kind: Kind }> => {
  const parsed = parseCode(text);
  if (parsed.ok && isKind(kind, parsed.code)) return parsed.code;
  throw new ProblemError("unprocessable", `${field}: expected a ${kind}'s code`, {
    errors: [{ field, reason: `expected a ${kind}'s code` }],
  });
};

const isKind = <Kind extends Code["kind"]>(kind: Kind, code: Code): code is Extract<Code, { kind: Kind }> =>
  code.kind === kind;

/** A record's number from a path. */
export const numberIn = <Id>(what: string, text: string, make: (value: number) => Id): Id => {
  try {
    return make(Number(text));
  } catch {
    throw new ProblemError("not-found", `no ${what} ${text}`);
  }
};
