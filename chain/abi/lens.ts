// Written by scripts/abi.ts from the compiled contract; a test compares the two.
export const lensAbi = [
 {
  "inputs": [
   {
    "internalType": "contract Ledger",
    "name": "ledger_",
    "type": "address"
   }
  ],
  "stateMutability": "nonpayable",
  "type": "constructor"
 },
 {
  "inputs": [
   {
    "internalType": "uint96",
    "name": "lineEnd",
    "type": "uint96"
   },
   {
    "internalType": "uint96",
    "name": "start",
    "type": "uint96"
   },
   {
    "internalType": "uint96",
    "name": "end",
    "type": "uint96"
   }
  ],
  "name": "IntervalOutsideLine",
  "type": "error"
 },
 {
  "inputs": [],
  "name": "InvalidCursor",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "from",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "to",
    "type": "uint256"
   }
  ],
  "name": "InvalidInterval",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "BatchId",
    "name": "batch",
    "type": "uint32"
   },
   {
    "internalType": "uint32",
    "name": "index",
    "type": "uint32"
   }
  ],
  "name": "ProofRefused",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "BatchId",
    "name": "batch",
    "type": "uint32"
   },
   {
    "internalType": "uint32",
    "name": "index",
    "type": "uint32"
   }
  ],
  "name": "UnknownDonation",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "ProgrammeId",
    "name": "programme",
    "type": "uint32"
   },
   {
    "internalType": "PeriodNumber",
    "name": "period",
    "type": "uint32"
   }
  ],
  "name": "UnknownPeriod",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "enum RecordKind",
    "name": "kind",
    "type": "uint8"
   },
   {
    "internalType": "uint32",
    "name": "record",
    "type": "uint32"
   }
  ],
  "name": "UnknownRecord",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "account",
    "type": "address"
   }
  ],
  "name": "actorOf",
  "outputs": [
   {
    "internalType": "ActorId",
    "name": "",
    "type": "uint32"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "uint32",
    "name": "id",
    "type": "uint32"
   }
  ],
  "name": "allocation",
  "outputs": [
   {
    "components": [
     {
      "internalType": "FundId",
      "name": "fund",
      "type": "uint32"
     },
     {
      "internalType": "ProgrammeId",
      "name": "programme",
      "type": "uint32"
     },
     {
      "internalType": "uint96",
      "name": "fundStart",
      "type": "uint96"
     },
     {
      "internalType": "uint96",
      "name": "amount",
      "type": "uint96"
     },
     {
      "internalType": "uint96",
      "name": "reserveStart",
      "type": "uint96"
     },
     {
      "internalType": "uint96",
      "name": "operationsStart",
      "type": "uint96"
     }
    ],
    "internalType": "struct Allocation",
    "name": "",
    "type": "tuple"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "BatchId",
    "name": "id",
    "type": "uint32"
   }
  ],
  "name": "batch",
  "outputs": [
   {
    "components": [
     {
      "internalType": "uint96",
      "name": "startsAt",
      "type": "uint96"
     },
     {
      "internalType": "uint64",
      "name": "sum",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "count",
      "type": "uint32"
     },
     {
      "internalType": "FundId",
      "name": "fund",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "day",
      "type": "uint32"
     },
     {
      "internalType": "bytes32",
      "name": "root",
      "type": "bytes32"
     }
    ],
    "internalType": "struct Batch",
    "name": "",
    "type": "tuple"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "ClaimId",
    "name": "id",
    "type": "uint32"
   }
  ],
  "name": "claim",
  "outputs": [
   {
    "components": [
     {
      "internalType": "ProgrammeId",
      "name": "programme",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "policyPeriod",
      "type": "uint32"
     },
     {
      "internalType": "ClaimState",
      "name": "state",
      "type": "uint8"
     },
     {
      "internalType": "enum BenefitKind",
      "name": "benefit",
      "type": "uint8"
     },
     {
      "internalType": "bool",
      "name": "toTheMinute",
      "type": "bool"
     },
     {
      "internalType": "uint40",
      "name": "incidentFrom",
      "type": "uint40"
     },
     {
      "internalType": "ActorId",
      "name": "filer",
      "type": "uint32"
     },
     {
      "internalType": "ActorId",
      "name": "adjudicator",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "queueNumber",
      "type": "uint32"
     },
     {
      "internalType": "PayoutId",
      "name": "lastPayout",
      "type": "uint32"
     },
     {
      "internalType": "uint96",
      "name": "requested",
      "type": "uint96"
     },
     {
      "internalType": "uint96",
      "name": "approved",
      "type": "uint96"
     },
     {
      "internalType": "ClaimId",
      "name": "previous",
      "type": "uint32"
     },
     {
      "internalType": "ClaimId",
      "name": "next",
      "type": "uint32"
     },
     {
      "internalType": "bytes32",
      "name": "person",
      "type": "bytes32"
     },
     {
      "internalType": "ClaimId",
      "name": "aidOf",
      "type": "uint32"
     },
     {
      "internalType": "uint96",
      "name": "remaining",
      "type": "uint96"
     },
     {
      "internalType": "uint96",
      "name": "granted",
      "type": "uint96"
     },
     {
      "internalType": "Reason",
      "name": "reason",
      "type": "uint8"
     }
    ],
    "internalType": "struct Claim",
    "name": "",
    "type": "tuple"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "ClaimId",
    "name": "id",
    "type": "uint32"
   },
   {
    "internalType": "bytes",
    "name": "cursor",
    "type": "bytes"
   }
  ],
  "name": "claimSources",
  "outputs": [
   {
    "components": [
     {
      "internalType": "FundId",
      "name": "fund",
      "type": "uint32"
     },
     {
      "internalType": "BatchId",
      "name": "batch",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "allocation",
      "type": "uint32"
     },
     {
      "internalType": "uint96",
      "name": "fundStart",
      "type": "uint96"
     },
     {
      "internalType": "uint96",
      "name": "fundEnd",
      "type": "uint96"
     },
     {
      "internalType": "uint96",
      "name": "amount",
      "type": "uint96"
     },
     {
      "internalType": "uint32",
      "name": "hops",
      "type": "uint32"
     },
     {
      "internalType": "uint160",
      "name": "via",
      "type": "uint160"
     }
    ],
    "internalType": "struct ILensRecords.Source[]",
    "name": "sources",
    "type": "tuple[]"
   },
   {
    "internalType": "bytes",
    "name": "next",
    "type": "bytes"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "ProgrammeId",
    "name": "id",
    "type": "uint32"
   },
   {
    "internalType": "PeriodNumber",
    "name": "number",
    "type": "uint32"
   },
   {
    "internalType": "bytes32",
    "name": "person",
    "type": "bytes32"
   }
  ],
  "name": "committedOf",
  "outputs": [
   {
    "internalType": "uint96",
    "name": "",
    "type": "uint96"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [],
  "name": "counters",
  "outputs": [
   {
    "components": [
     {
      "internalType": "uint32",
      "name": "actors",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "funds",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "programmes",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "batches",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "allocations",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "expenses",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "claims",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "payouts",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "rosters",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "recoveries",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "moves",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "refunds",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "attestations",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "findings",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "confirmations",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "corrections",
      "type": "uint32"
     }
    ],
    "internalType": "struct Counters",
    "name": "",
    "type": "tuple"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "ProgrammeId",
    "name": "id",
    "type": "uint32"
   }
  ],
  "name": "currentPeriod",
  "outputs": [
   {
    "internalType": "PeriodNumber",
    "name": "",
    "type": "uint32"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "uint32",
    "name": "id",
    "type": "uint32"
   }
  ],
  "name": "expense",
  "outputs": [
   {
    "components": [
     {
      "internalType": "ProgrammeId",
      "name": "programme",
      "type": "uint32"
     },
     {
      "internalType": "uint96",
      "name": "operationsStart",
      "type": "uint96"
     },
     {
      "internalType": "uint96",
      "name": "amount",
      "type": "uint96"
     }
    ],
    "internalType": "struct Expense",
    "name": "",
    "type": "tuple"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "FindingId",
    "name": "id",
    "type": "uint32"
   }
  ],
  "name": "findingState",
  "outputs": [
   {
    "internalType": "FindingState",
    "name": "",
    "type": "uint8"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "FundId",
    "name": "id",
    "type": "uint32"
   }
  ],
  "name": "fund",
  "outputs": [
   {
    "components": [
     {
      "internalType": "uint96",
      "name": "donated",
      "type": "uint96"
     },
     {
      "internalType": "uint96",
      "name": "allocated",
      "type": "uint96"
     },
     {
      "internalType": "uint16",
      "name": "claimsShareBps",
      "type": "uint16"
     },
     {
      "internalType": "bytes3",
      "name": "currency",
      "type": "bytes3"
     },
     {
      "internalType": "ProgrammeId",
      "name": "restrictedTo",
      "type": "uint32"
     },
     {
      "internalType": "ProgrammeId",
      "name": "fallbackTo",
      "type": "uint32"
     }
    ],
    "internalType": "struct ILensRecords.FundRecord",
    "name": "",
    "type": "tuple"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "operation",
    "type": "bytes32"
   }
  ],
  "name": "hasLanded",
  "outputs": [
   {
    "internalType": "bool",
    "name": "",
    "type": "bool"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "ProgrammeId",
    "name": "id",
    "type": "uint32"
   },
   {
    "internalType": "PeriodNumber",
    "name": "number",
    "type": "uint32"
   }
  ],
  "name": "insurerParts",
  "outputs": [
   {
    "internalType": "uint256[]",
    "name": "sharesBps",
    "type": "uint256[]"
   },
   {
    "internalType": "uint256[]",
    "name": "paid",
    "type": "uint256[]"
   },
   {
    "internalType": "uint256[]",
    "name": "recovered",
    "type": "uint256[]"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "channel",
    "type": "bytes32"
   }
  ],
  "name": "isChannel",
  "outputs": [
   {
    "internalType": "bool",
    "name": "",
    "type": "bool"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "RefundId",
    "name": "id",
    "type": "uint32"
   }
  ],
  "name": "isCovered",
  "outputs": [
   {
    "internalType": "bool",
    "name": "",
    "type": "bool"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [],
  "name": "ledger",
  "outputs": [
   {
    "internalType": "address",
    "name": "",
    "type": "address"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "MoveId",
    "name": "id",
    "type": "uint32"
   }
  ],
  "name": "move",
  "outputs": [
   {
    "components": [
     {
      "internalType": "ProgrammeId",
      "name": "from",
      "type": "uint32"
     },
     {
      "internalType": "ProgrammeId",
      "name": "to",
      "type": "uint32"
     },
     {
      "internalType": "uint256",
      "name": "reserveFrom",
      "type": "uint256"
     },
     {
      "internalType": "uint256",
      "name": "reserveTo",
      "type": "uint256"
     },
     {
      "internalType": "uint256",
      "name": "reserveAmount",
      "type": "uint256"
     },
     {
      "internalType": "uint256",
      "name": "operationsFrom",
      "type": "uint256"
     },
     {
      "internalType": "uint256",
      "name": "operationsTo",
      "type": "uint256"
     },
     {
      "internalType": "uint256",
      "name": "operationsAmount",
      "type": "uint256"
     }
    ],
    "internalType": "struct Move",
    "name": "",
    "type": "tuple"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "shares",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "from",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "to",
    "type": "uint256"
   }
  ],
  "name": "partsOf",
  "outputs": [
   {
    "internalType": "uint256[]",
    "name": "parts",
    "type": "uint256[]"
   }
  ],
  "stateMutability": "pure",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "PayoutId",
    "name": "id",
    "type": "uint32"
   }
  ],
  "name": "payout",
  "outputs": [
   {
    "components": [
     {
      "internalType": "ClaimId",
      "name": "claim",
      "type": "uint32"
     },
     {
      "internalType": "PayoutId",
      "name": "previous",
      "type": "uint32"
     },
     {
      "internalType": "uint96",
      "name": "reserveStart",
      "type": "uint96"
     },
     {
      "internalType": "uint96",
      "name": "amount",
      "type": "uint96"
     },
     {
      "internalType": "uint96",
      "name": "recovered",
      "type": "uint96"
     }
    ],
    "internalType": "struct ILensRecords.PayoutRecord",
    "name": "",
    "type": "tuple"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "PayoutId",
    "name": "id",
    "type": "uint32"
   },
   {
    "internalType": "bytes",
    "name": "cursor",
    "type": "bytes"
   }
  ],
  "name": "payoutSources",
  "outputs": [
   {
    "components": [
     {
      "internalType": "FundId",
      "name": "fund",
      "type": "uint32"
     },
     {
      "internalType": "BatchId",
      "name": "batch",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "allocation",
      "type": "uint32"
     },
     {
      "internalType": "uint96",
      "name": "fundStart",
      "type": "uint96"
     },
     {
      "internalType": "uint96",
      "name": "fundEnd",
      "type": "uint96"
     },
     {
      "internalType": "uint96",
      "name": "amount",
      "type": "uint96"
     },
     {
      "internalType": "uint32",
      "name": "hops",
      "type": "uint32"
     },
     {
      "internalType": "uint160",
      "name": "via",
      "type": "uint160"
     }
    ],
    "internalType": "struct ILensRecords.Source[]",
    "name": "",
    "type": "tuple[]"
   },
   {
    "internalType": "bytes",
    "name": "",
    "type": "bytes"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "ProgrammeId",
    "name": "id",
    "type": "uint32"
   },
   {
    "internalType": "PeriodNumber",
    "name": "number_",
    "type": "uint32"
   }
  ],
  "name": "period",
  "outputs": [
   {
    "components": [
     {
      "internalType": "uint40",
      "name": "start",
      "type": "uint40"
     },
     {
      "internalType": "uint40",
      "name": "end",
      "type": "uint40"
     },
     {
      "internalType": "uint40",
      "name": "filingDeadline",
      "type": "uint40"
     },
     {
      "internalType": "uint96",
      "name": "cover",
      "type": "uint96"
     },
     {
      "internalType": "bool",
      "name": "toTheMinute",
      "type": "bool"
     },
     {
      "internalType": "bytes32",
      "name": "terms",
      "type": "bytes32"
     },
     {
      "internalType": "bool",
      "name": "closed",
      "type": "bool"
     },
     {
      "components": [
       {
        "internalType": "uint256",
        "name": "opening",
        "type": "uint256"
       },
       {
        "internalType": "uint256",
        "name": "allocated",
        "type": "uint256"
       },
       {
        "internalType": "uint256",
        "name": "movedIn",
        "type": "uint256"
       },
       {
        "internalType": "uint256",
        "name": "movedOut",
        "type": "uint256"
       },
       {
        "internalType": "uint256",
        "name": "recovered",
        "type": "uint256"
       },
       {
        "internalType": "uint256",
        "name": "paid",
        "type": "uint256"
       },
       {
        "internalType": "uint256",
        "name": "closing",
        "type": "uint256"
       },
       {
        "internalType": "uint256",
        "name": "approvedUnpaid",
        "type": "uint256"
       },
       {
        "internalType": "uint256",
        "name": "filedUndecided",
        "type": "uint256"
       },
       {
        "internalType": "uint256",
        "name": "operationsIn",
        "type": "uint256"
       },
       {
        "internalType": "uint256",
        "name": "operationsMovedIn",
        "type": "uint256"
       },
       {
        "internalType": "uint256",
        "name": "operationsMovedOut",
        "type": "uint256"
       },
       {
        "internalType": "uint256",
        "name": "expenses",
        "type": "uint256"
       }
      ],
      "internalType": "struct IProgrammes.CloseRecord",
      "name": "record",
      "type": "tuple"
     },
     {
      "internalType": "uint96",
      "name": "paidForPolicy",
      "type": "uint96"
     },
     {
      "internalType": "uint96",
      "name": "recoveredForPolicy",
      "type": "uint96"
     },
     {
      "internalType": "uint256",
      "name": "insurerShares",
      "type": "uint256"
     }
    ],
    "internalType": "struct ILensRecords.PeriodRecord",
    "name": "view_",
    "type": "tuple"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "ProgrammeId",
    "name": "id",
    "type": "uint32"
   }
  ],
  "name": "programme",
  "outputs": [
   {
    "components": [
     {
      "components": [
       {
        "internalType": "uint96",
        "name": "reserveIn",
        "type": "uint96"
       },
       {
        "internalType": "uint96",
        "name": "reserveSpent",
        "type": "uint96"
       },
       {
        "internalType": "uint96",
        "name": "approvedUnpaid",
        "type": "uint96"
       },
       {
        "internalType": "uint96",
        "name": "filedUndecided",
        "type": "uint96"
       },
       {
        "internalType": "uint96",
        "name": "operationsIn",
        "type": "uint96"
       },
       {
        "internalType": "uint96",
        "name": "operationsOut",
        "type": "uint96"
       },
       {
        "internalType": "uint96",
        "name": "movedIn",
        "type": "uint96"
       },
       {
        "internalType": "uint96",
        "name": "movedOut",
        "type": "uint96"
       },
       {
        "internalType": "uint96",
        "name": "recovered",
        "type": "uint96"
       },
       {
        "internalType": "uint96",
        "name": "operationsMovedIn",
        "type": "uint96"
       },
       {
        "internalType": "uint96",
        "name": "operationsMovedOut",
        "type": "uint96"
       }
      ],
      "internalType": "struct Totals",
      "name": "totals",
      "type": "tuple"
     },
     {
      "internalType": "ClaimId",
      "name": "queueHead",
      "type": "uint32"
     },
     {
      "internalType": "ClaimId",
      "name": "queueTail",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "lastQueueNumber",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "openClaims",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "declaredPeriods",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "currentPeriod",
      "type": "uint32"
     },
     {
      "internalType": "uint40",
      "name": "currentEnd",
      "type": "uint40"
     },
     {
      "internalType": "enum ProgrammeKind",
      "name": "kind",
      "type": "uint8"
     },
     {
      "internalType": "bytes3",
      "name": "currency",
      "type": "bytes3"
     },
     {
      "internalType": "uint32",
      "name": "region",
      "type": "uint32"
     },
     {
      "internalType": "ProgrammeId",
      "name": "fallbackTo",
      "type": "uint32"
     }
    ],
    "internalType": "struct ILensRecords.ProgrammeRecord",
    "name": "",
    "type": "tuple"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "RecoveryId",
    "name": "id",
    "type": "uint32"
   }
  ],
  "name": "recovery",
  "outputs": [
   {
    "components": [
     {
      "internalType": "PayoutId",
      "name": "payout",
      "type": "uint32"
     },
     {
      "internalType": "uint256",
      "name": "offset",
      "type": "uint256"
     },
     {
      "internalType": "uint256",
      "name": "amount",
      "type": "uint256"
     },
     {
      "internalType": "uint256",
      "name": "reserveStart",
      "type": "uint256"
     }
    ],
    "internalType": "struct Recovery",
    "name": "",
    "type": "tuple"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "BatchId",
    "name": "batchId",
    "type": "uint32"
   },
   {
    "internalType": "uint32",
    "name": "index",
    "type": "uint32"
   }
  ],
  "name": "refundedOf",
  "outputs": [
   {
    "internalType": "uint64",
    "name": "",
    "type": "uint64"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "ProgrammeId",
    "name": "id",
    "type": "uint32"
   }
  ],
  "name": "reserveOf",
  "outputs": [
   {
    "internalType": "uint96",
    "name": "available",
    "type": "uint96"
   },
   {
    "internalType": "uint96",
    "name": "approvedUnpaid",
    "type": "uint96"
   },
   {
    "internalType": "uint96",
    "name": "shortfall",
    "type": "uint96"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "RosterId",
    "name": "id",
    "type": "uint32"
   }
  ],
  "name": "roster",
  "outputs": [
   {
    "components": [
     {
      "internalType": "ProgrammeId",
      "name": "programme",
      "type": "uint32"
     },
     {
      "internalType": "PeriodNumber",
      "name": "policyPeriod",
      "type": "uint32"
     },
     {
      "internalType": "bytes32",
      "name": "root",
      "type": "bytes32"
     }
    ],
    "internalType": "struct Roster",
    "name": "",
    "type": "tuple"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "BatchId",
    "name": "batchId",
    "type": "uint32"
   },
   {
    "internalType": "uint32",
    "name": "index",
    "type": "uint32"
   },
   {
    "internalType": "uint64",
    "name": "amount",
    "type": "uint64"
   },
   {
    "internalType": "bytes32",
    "name": "commitment",
    "type": "bytes32"
   },
   {
    "internalType": "bytes",
    "name": "proof",
    "type": "bytes"
   },
   {
    "internalType": "bytes",
    "name": "cursor",
    "type": "bytes"
   }
  ],
  "name": "traceDonation",
  "outputs": [
   {
    "internalType": "uint96",
    "name": "start",
    "type": "uint96"
   },
   {
    "components": [
     {
      "internalType": "enum ILensRecords.Place",
      "name": "place",
      "type": "uint8"
     },
     {
      "internalType": "uint32",
      "name": "allocation",
      "type": "uint32"
     },
     {
      "internalType": "ProgrammeId",
      "name": "programme",
      "type": "uint32"
     },
     {
      "internalType": "uint96",
      "name": "lineStart",
      "type": "uint96"
     },
     {
      "internalType": "uint96",
      "name": "amount",
      "type": "uint96"
     },
     {
      "internalType": "uint32",
      "name": "record",
      "type": "uint32"
     },
     {
      "internalType": "ClaimId",
      "name": "claim",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "hops",
      "type": "uint32"
     },
     {
      "internalType": "uint160",
      "name": "via",
      "type": "uint160"
     }
    ],
    "internalType": "struct ILensRecords.Slice[]",
    "name": "slices",
    "type": "tuple[]"
   },
   {
    "internalType": "bytes",
    "name": "next",
    "type": "bytes"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "FundId",
    "name": "id",
    "type": "uint32"
   },
   {
    "internalType": "uint96",
    "name": "start",
    "type": "uint96"
   },
   {
    "internalType": "uint96",
    "name": "end",
    "type": "uint96"
   },
   {
    "internalType": "bytes",
    "name": "cursor",
    "type": "bytes"
   }
  ],
  "name": "traceInterval",
  "outputs": [
   {
    "components": [
     {
      "internalType": "enum ILensRecords.Place",
      "name": "place",
      "type": "uint8"
     },
     {
      "internalType": "uint32",
      "name": "allocation",
      "type": "uint32"
     },
     {
      "internalType": "ProgrammeId",
      "name": "programme",
      "type": "uint32"
     },
     {
      "internalType": "uint96",
      "name": "lineStart",
      "type": "uint96"
     },
     {
      "internalType": "uint96",
      "name": "amount",
      "type": "uint96"
     },
     {
      "internalType": "uint32",
      "name": "record",
      "type": "uint32"
     },
     {
      "internalType": "ClaimId",
      "name": "claim",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "hops",
      "type": "uint32"
     },
     {
      "internalType": "uint160",
      "name": "via",
      "type": "uint160"
     }
    ],
    "internalType": "struct ILensRecords.Slice[]",
    "name": "",
    "type": "tuple[]"
   },
   {
    "internalType": "bytes",
    "name": "",
    "type": "bytes"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 }
] as const;
