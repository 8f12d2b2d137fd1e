/** Words of a closed list as they stand in columns. */

/** A row of the index holds what no version of the gateway wrote. */
export class DamagedIndexRow extends Error {
  readonly value: string;
  constructor(value: string, expected: readonly string[]) {
    super(
      `index: a row holds ${JSON.stringify(value)} where one of ${expected.join(", ")} belongs; delete the index`,
    );
    this.name = "DamagedIndexRow";
    this.value = value;
  }
}

/** Throws {@link DamagedIndexRow}. */
export const oneOf = <Value extends string>(values: readonly Value[], text: string): Value => {
  const found = values.find((value) => value === text);
  if (found === undefined) throw new DamagedIndexRow(text, values);
  return found;
};
