/** Where paid money came from, as the per-fen model knows it, in the words of a claim's sources. */
import type { Source } from "../../protocol/trace/types.ts";
import type { Fen, Place } from "./fens.ts";
import type { PerFenModel } from "./per-fen.ts";
import { pathText } from "./places.ts";

export interface ModelSource {
  readonly fund: number;
  readonly batch: number;
  readonly allocation: number;
  /** How many recoveries and moves the money had gone through before, and the last of them. */
  readonly path: string;
  readonly fundStart: number;
  readonly fundEnd: number;
  readonly amount: number;
  /** What each donation of the batch gave, by index. */
  readonly donors: readonly { readonly index: number; readonly amount: number }[];
}

interface Given {
  readonly fen: Fen;
  readonly path: string;
}

const isClaimsFen = (one: Fen | undefined): boolean => one?.places[0]?.line.lane === "claims";

/** Whether no claims fen lies between two fen of a fund. */
const areNeighbours = (model: PerFenModel, one: Fen, other: Fen): boolean =>
  one.fund === other.fund &&
  one.position < other.position &&
  !model
    .fund(one.fund)
    .fens.slice(one.position + 1, other.position)
    .some(isClaimsFen);

const grouped = (model: PerFenModel, given: readonly Given[]): readonly ModelSource[] => {
  const groups: Given[][] = [];
  for (const one of given) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    const isSame =
      last?.fen.batch === one.fen.batch &&
      last.fen.allocation === one.fen.allocation &&
      last.path === one.path &&
      areNeighbours(model, last.fen, one.fen);
    if (isSame) group?.push(one);
    else groups.push([one]);
  }
  return groups.map((group) => {
    const [first, last] = [group[0], group.at(-1)];
    if (first === undefined || last === undefined) throw new RangeError("an empty group");
    const counts = new Map<number, number>();
    for (const { fen: one } of group) counts.set(one.leaf, (counts.get(one.leaf) ?? 0) + 1);
    const { fund, batch, allocation } = first.fen;
    return {
      fund,
      batch,
      allocation,
      path: first.path,
      fundStart: first.fen.position,
      fundEnd: last.fen.position + 1,
      amount: group.length,
      donors: [...counts].map(([index, amount]) => ({ index, amount })),
    };
  });
};

/** Where the fen at these places of a reserve line came from, fen by fen. */
export const sourcesOfPlaces = (model: PerFenModel, places: readonly Place[]): readonly ModelSource[] =>
  grouped(
    model,
    places.map(({ fen, hops, via }) => ({ fen, path: pathText(hops, via) })),
  );

/** Where the fen [start, end) of a programme's reserve came from. */
export const modelSources = (
  model: PerFenModel,
  programme: number,
  start: number,
  end: number,
): readonly ModelSource[] =>
  sourcesOfPlaces(model, model.programme(programme).reserve.places.slice(start, end));

const pathOf = ({ hops, via }: Source): string =>
  pathText(
    hops,
    via === undefined
      ? undefined
      : via.kind === "recovery"
        ? { kind: "recovery", id: via.recovery }
        : { kind: "move", id: via.move },
  );

/**
 * The same of the sources that a trace tells, all pages of it, in their order. A source that does not cover as many
 * claims fen as it says, or begins or ends beside one, throws.
 */
export const sourcesOf = (model: PerFenModel, sources: readonly Source[]): readonly ModelSource[] =>
  grouped(
    model,
    sources.flatMap((source) => {
      const [start, end] = [Number(source.fundStart), Number(source.fundEnd)];
      const touched = model.fund(source.fund).fens.slice(start, end);
      const fens = touched.filter(isClaimsFen);
      const whole = fens.length === Number(source.amount) && fens.length > 0;
      if (!whole || fens[0] !== touched[0] || fens.at(-1) !== touched.at(-1))
        throw new RangeError(`a source of ${source.amount} fen at [${start}, ${end}) of fund ${source.fund}`);
      return fens.map((fen) => {
        if (fen.batch !== source.batch || fen.allocation !== source.allocation)
          throw new RangeError(
            `position ${fen.position} of fund ${fen.fund} is of another batch or allocation`,
          );
        return { fen, path: pathOf(source) };
      });
    }),
  );
