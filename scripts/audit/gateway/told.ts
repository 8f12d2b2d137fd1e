/** What a gateway says, held against what the chain says, member by member. */
import type { Check } from "../../../protocol/audit/check.ts";

/** What must be there. A member that is undefined must not be there; members that are not named are not looked at. */
export type Expected =
  string | number | boolean | undefined | readonly Expected[] | { readonly [member: string]: Expected };

const isList = (value: Expected): value is readonly Expected[] => Array.isArray(value);

/** Amounts travel as digits; people read them in groups of three. */
const figure = (value: string | number | boolean): bigint | string | number | boolean =>
  typeof value === "string" && /^[0-9]{4,29}$/.test(value) ? BigInt(value) : value;

const textOf = (value: unknown): string | number | boolean => {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  return value === undefined || value === null ? "nothing" : JSON.stringify(value);
};

/** Undefined where there is none. */
export const memberOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null
    ? Object.getOwnPropertyDescriptor(value, name)?.value
    : undefined;

/** The amount of money goes by the name of what it is the amount of. */
const pathTo = (path: string, name: string): string => {
  if (path === "") return name;
  return name === "amount" ? path : `${path}.${name}`;
};

const compareLists = (
  check: Check,
  subject: string,
  expected: readonly Expected[],
  actual: unknown,
  path: string,
): void => {
  const told: readonly unknown[] = Array.isArray(actual) ? actual : [];
  check.equal(subject, `number of ${path}`, expected.length, told.length);
  for (const [index, entry] of expected.entries()) {
    if (index < told.length) compare(check, subject, entry, told[index], `${path} ${index + 1}`);
  }
};

/** Names every member that the gateway tells otherwise. */
export const compare = (
  check: Check,
  subject: string,
  expected: Expected,
  actual: unknown,
  path = "",
): void => {
  if (isList(expected)) return compareLists(check, subject, expected, actual, path);
  if (typeof expected === "object") {
    for (const [name, value] of Object.entries(expected)) {
      compare(check, subject, value, memberOf(actual, name), pathTo(path, name));
    }
    return;
  }
  const [one, other] = [textOf(expected), textOf(actual)];
  if (one !== other) check.differs(subject, path, figure(one), figure(other));
};

/** A list of records, each by its name, which is a member of it or what `key` makes of it: what is missing, what nobody recorded, and what differs. */
export const compareRecords = (
  check: Check,
  kind: string,
  key: string | ((record: unknown) => string),
  expected: readonly Expected[],
  actual: readonly unknown[],
): void => {
  const nameOf = (record: unknown): string =>
    typeof key === "string" ? String(textOf(memberOf(record, key))) : key(record);
  const told = new Map(actual.map((record) => [nameOf(record), record]));
  check.counted(expected.length);
  if (told.size < actual.length) check.says(kind, "repeated", `${kind}: the gateway lists one twice`);
  for (const record of expected) {
    const name = nameOf(record);
    const subject = `${kind} ${name}`;
    if (told.has(name)) compare(check, subject, record, told.get(name));
    else check.says(subject, "missing", `${subject}: the chain has it, the gateway's list does not`);
    told.delete(name);
  }
  for (const name of told.keys()) {
    const subject = `${kind} ${name}`;
    check.says(subject, "invented", `${subject}: the gateway lists it, the chain has no such record`);
  }
};
