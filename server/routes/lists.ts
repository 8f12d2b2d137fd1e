/** What every endpoint that answers a list is made of. */
import { Type } from "typebox";
import { periodNumber } from "../../protocol/ids.ts";
import type { PeriodNumber } from "../../protocol/ids.ts";
import type { Read } from "../../protocol/ports/read.ts";
import type { Page } from "../../protocol/ports/views.ts";
import { ProblemError } from "../problems.ts";
import { asOf, closed, CodeText } from "../schemas/common.ts";
import { atOneBlock } from "./endpoint.ts";

interface PageAnswer<Data> {
  readonly asOf: ReturnType<typeof asOf>;
  readonly data: Data[];
  readonly next?: string;
}

/** One page of a list, all of it true of one block; undefined from `work` is a 404 that says `what`. */
export const foundPage = async <Item, Data>(
  read: Read,
  what: string,
  work: () => Promise<Page<Item> | undefined>,
  wire: (item: Item) => Data,
): Promise<PageAnswer<Data>> => {
  const { head, result } = await atOneBlock(read, work);
  if (result === undefined) throw new ProblemError("not-found", what);
  const next = result.next === undefined ? {} : { next: result.next };
  return { asOf: asOf(head), data: result.items.map(wire), ...next };
};

/** One page of a list that is there whatever is asked. */
export const listPage = <Item, Data>(
  read: Read,
  work: () => Promise<Page<Item>>,
  wire: (item: Item) => Data,
): Promise<PageAnswer<Data>> => foundPage(read, "no such list", work, wire);

export const PeriodParams = Type.Object(
  { code: CodeText, period: Type.String({ pattern: "^[1-9][0-9]{0,5}$" }) },
  closed,
);

export const periodIn = (params: { readonly period: string }): PeriodNumber =>
  periodNumber(Number(params.period));
