/** What browsers of 2020 lack of what the check calls, where it is lacking. Nothing else of the page relies on it. */

const supply = (target: object, name: string, value: (...values: never[]) => unknown): void => {
  if (!(name in target)) Object.defineProperty(target, name, { value, writable: true, configurable: true });
};

supply(Array.prototype, "at", function (this: readonly unknown[], index: number) {
  return this[index < 0 ? this.length + index : index];
});
supply(Array.prototype, "toSorted", function (this: unknown[], compare?: (a: unknown, b: unknown) => number) {
  return [...this].sort(compare);
});
supply(Array.prototype, "toReversed", function (this: unknown[]) {
  return [...this].reverse();
});
supply(Object, "hasOwn", (target: object, name: string) =>
  Object.prototype.hasOwnProperty.call(target, name),
);
supply(Element.prototype, "replaceChildren", function (this: Element, ...children: Node[]) {
  this.textContent = "";
  this.append(...children);
});
supply(String.prototype, "isWellFormed", function (this: string) {
  return !/\p{Surrogate}/u.test(this);
});
