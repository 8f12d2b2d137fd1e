/** The wire form of the replicas that made the chain again. */
import { Type, type Static } from "typebox";
import { formatInstant } from "../../protocol/calendar.ts";
import type { ReplicasView, ReplicaStatement } from "../../protocol/ports/replica-views.ts";
import { BlockNumber, SignatureWire } from "./chain.ts";
import { closed, Digest, Instant } from "./common.ts";

const ReplicaAddress = Type.String({
  pattern: "^0x[0-9a-f]{40}$",
  description: "Of the key that the replica signs with, in lower case.",
});
export const ReplicaBody = Type.Object({ replica: ReplicaAddress }, closed);

export const AgreementBody = Type.Object(
  { replica: ReplicaAddress, block: BlockNumber, hash: Digest, signature: SignatureWire },
  closed,
);

export const AgreementWire = Type.Object(
  { agrees: Type.Boolean(), own: Type.Object({ block: BlockNumber, hash: Digest }, closed) },
  { ...closed, description: "Whether this chain has that block, and which it has." },
);

const statement = {
  block: BlockNumber,
  hash: Digest,
  signature: SignatureWire,
  statedAt: Instant,
} as const;

export const ReplicasWire = Type.Object(
  {
    operators: Type.Literal(1),
    agreeing: Type.Integer({ description: "Replicas that agree at what they said last, within seven days." }),
    block: Type.Optional(Type.Integer({ description: "All of those agree up to this block." })),
    replicas: Type.Array(
      Type.Object(
        {
          replica: ReplicaAddress,
          admittedAt: Instant,
          endedAt: Type.Optional(Instant),
          newest: Type.Optional(
            Type.Object({ ...statement, agrees: Type.Boolean(), silent: Type.Boolean() }, closed),
          ),
          disagreements: Type.Array(Type.Object({ ...statement, own: Digest }, closed)),
        },
        closed,
      ),
    ),
  },
  {
    ...closed,
    description: "Admitted by an auditor of this ledger. How many they are says nothing of who runs them.",
  },
);

const said = ({ block, hash, signature, statedAt }: ReplicaStatement) => ({
  block,
  hash,
  signature,
  statedAt: formatInstant(statedAt),
});

export const replicas = (view: ReplicasView): Static<typeof ReplicasWire> => ({
  operators: 1,
  agreeing: view.agreeing,
  ...(view.block === undefined ? {} : { block: view.block }),
  replicas: view.replicas.map(({ replica, admittedAt, endedAt, newest, disagreements }) => ({
    replica,
    admittedAt: formatInstant(admittedAt),
    ...(endedAt === undefined ? {} : { endedAt: formatInstant(endedAt) }),
    ...(newest === undefined
      ? {}
      : { newest: { ...said(newest), agrees: newest.agrees, silent: newest.isSilent } }),
    disagreements: disagreements.map((each) => ({ ...said(each), own: each.own })),
  })),
});
