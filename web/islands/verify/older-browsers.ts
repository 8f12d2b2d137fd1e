/**
 * What browsers of 2020 lack of what the check calls, supplied where it is lacking as soon as this file is loaded: it is
 * imported before everything else. Nothing else of a page relies on it.
 */

/** Answers the name where it had to be supplied. */
const supply = (target: object, name: string, value: (...values: never[]) => unknown): string => {
  if (name in target) return "";
  Object.defineProperty(target, name, { value, writable: true, configurable: true });
  return name;
};

/** The names of what this browser lacked. */
export const supplied: readonly string[] = [
  supply(Array.prototype, "at", function (this: readonly unknown[], index: number) {
    return this[index < 0 ? this.length + index : index];
  }),
  supply(
    Array.prototype,
    "toSorted",
    function (this: unknown[], compare?: (one: unknown, other: unknown) => number) {
      return [...this].sort(compare);
    },
  ),
  supply(Array.prototype, "toReversed", function (this: unknown[]) {
    return this.map((_, index) => this[this.length - 1 - index]);
  }),
  supply(Object, "hasOwn", (target: object, name: string) =>
    Object.prototype.hasOwnProperty.call(target, name),
  ),
  supply(Element.prototype, "replaceChildren", function (this: Element, ...children: Node[]) {
    this.textContent = "";
    this.append(...children);
  }),
  supply(String.prototype, "isWellFormed", function (this: string) {
    return !/\p{Surrogate}/u.test(this);
  }),
].filter((name) => name !== "");
