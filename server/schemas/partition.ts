/** The wire form of the partition that every overview shows. */
import { Type, type Static } from "typebox";
import type { Partition } from "../../protocol/trace/types.ts";
import type { ProgrammePartition } from "../../protocol/ports/views.ts";
import { closed, money, Money } from "./common.ts";

export const PartitionWire = Type.Object(
  {
    total: Money,
    unallocated: Money,
    paid: Money,
    inReserve: Money,
    operatingSpent: Money,
    operatingUnspent: Money,
  },
  { ...closed, description: "total = unallocated + paid + inReserve + operatingSpent + operatingUnspent" },
);

export const partition = (parts: Partition, currency: string): Static<typeof PartitionWire> => ({
  total: money(parts.total, currency),
  unallocated: money(parts.unallocated, currency),
  paid: money(parts.paid, currency),
  inReserve: money(parts.inReserve, currency),
  operatingSpent: money(parts.operatingSpent, currency),
  operatingUnspent: money(parts.operatingUnspent, currency),
});

export const ProgrammePartitionWire = Type.Object(
  {
    allocated: Money,
    movedIn: Money,
    movedOut: Money,
    paid: Money,
    inReserve: Money,
    operatingSpent: Money,
    operatingUnspent: Money,
  },
  {
    ...closed,
    description: "allocated + movedIn - movedOut = paid + inReserve + operatingSpent + operatingUnspent",
  },
);

export const programmePartition = (
  parts: ProgrammePartition,
  currency: string,
): Static<typeof ProgrammePartitionWire> => ({
  allocated: money(parts.allocated, currency),
  movedIn: money(parts.movedIn, currency),
  movedOut: money(parts.movedOut, currency),
  paid: money(parts.paid, currency),
  inReserve: money(parts.inReserve, currency),
  operatingSpent: money(parts.operatingSpent, currency),
  operatingUnspent: money(parts.operatingUnspent, currency),
});
