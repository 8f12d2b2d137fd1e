// Written by scripts/abi.ts from the compiled contract; a test compares the two.
export const ledgerAbi = [
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "admin",
    "type": "address"
   },
   {
    "internalType": "uint48",
    "name": "adminDelaySeconds",
    "type": "uint48"
   },
   {
    "internalType": "address",
    "name": "predecessor",
    "type": "address"
   }
  ],
  "stateMutability": "nonpayable",
  "type": "constructor"
 },
 {
  "inputs": [],
  "name": "AccessControlBadConfirmation",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint48",
    "name": "schedule",
    "type": "uint48"
   }
  ],
  "name": "AccessControlEnforcedDefaultAdminDelay",
  "type": "error"
 },
 {
  "inputs": [],
  "name": "AccessControlEnforcedDefaultAdminRules",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "defaultAdmin",
    "type": "address"
   }
  ],
  "name": "AccessControlInvalidDefaultAdmin",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "account",
    "type": "address"
   },
   {
    "internalType": "bytes32",
    "name": "neededRole",
    "type": "bytes32"
   }
  ],
  "name": "AccessControlUnauthorizedAccount",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "ActorId",
    "name": "actor",
    "type": "uint32"
   }
  ],
  "name": "ActorAlreadyRegistered",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "target",
    "type": "address"
   }
  ],
  "name": "AddressEmptyCode",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "operation",
    "type": "bytes32"
   }
  ],
  "name": "AlreadyRecorded",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "limit",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "actual",
    "type": "uint256"
   }
  ],
  "name": "AmountTooLarge",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint96",
    "name": "requested",
    "type": "uint96"
   },
   {
    "internalType": "uint96",
    "name": "approved",
    "type": "uint96"
   }
  ],
  "name": "ApprovedAboveRequested",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "channel",
    "type": "bytes32"
   }
  ],
  "name": "ChannelAlreadyRegistered",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "bytes3",
    "name": "expected",
    "type": "bytes3"
   },
   {
    "internalType": "bytes3",
    "name": "actual",
    "type": "bytes3"
   }
  ],
  "name": "CurrencyMismatch",
  "type": "error"
 },
 {
  "inputs": [],
  "name": "EmptyBatch",
  "type": "error"
 },
 {
  "inputs": [],
  "name": "EnforcedPause",
  "type": "error"
 },
 {
  "inputs": [],
  "name": "ExpectedPause",
  "type": "error"
 },
 {
  "inputs": [],
  "name": "FailedCall",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "ProgrammeId",
    "name": "expected",
    "type": "uint32"
   },
   {
    "internalType": "ProgrammeId",
    "name": "actual",
    "type": "uint32"
   }
  ],
  "name": "FallbackMismatch",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint40",
    "name": "deadline",
    "type": "uint40"
   },
   {
    "internalType": "uint40",
    "name": "now_",
    "type": "uint40"
   }
  ],
  "name": "FilingDeadlinePassed",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "ProgrammeId",
    "name": "restrictedTo",
    "type": "uint32"
   },
   {
    "internalType": "ProgrammeId",
    "name": "actual",
    "type": "uint32"
   }
  ],
  "name": "FundRestricted",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "ProgrammeId",
    "name": "programme",
    "type": "uint32"
   }
  ],
  "name": "InRunOff",
  "type": "error"
 },
 {
  "inputs": [
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
    "name": "incidentFrom",
    "type": "uint40"
   }
  ],
  "name": "IncidentOutsidePeriod",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "channel",
    "type": "bytes32"
   }
  ],
  "name": "InvalidChannel",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "bytes3",
    "name": "currency",
    "type": "bytes3"
   }
  ],
  "name": "InvalidCurrency",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint32",
    "name": "day",
    "type": "uint32"
   }
  ],
  "name": "InvalidDay",
  "type": "error"
 },
 {
  "inputs": [
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
  "name": "InvalidFallback",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint40",
    "name": "incidentFrom",
    "type": "uint40"
   },
   {
    "internalType": "bool",
    "name": "toTheMinute",
    "type": "bool"
   }
  ],
  "name": "InvalidIncidentTime",
  "type": "error"
 },
 {
  "inputs": [
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
   }
  ],
  "name": "InvalidPeriodTimes",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "limit",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "actual",
    "type": "uint256"
   }
  ],
  "name": "InvalidShare",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "ClaimId",
    "name": "head",
    "type": "uint32"
   },
   {
    "internalType": "ClaimId",
    "name": "claim",
    "type": "uint32"
   }
  ],
  "name": "NotQueueHead",
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
    "name": "current",
    "type": "uint32"
   }
  ],
  "name": "NothingToClose",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "expected",
    "type": "bytes32"
   },
   {
    "internalType": "bytes32",
    "name": "actual",
    "type": "bytes32"
   }
  ],
  "name": "OperationMismatch",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint40",
    "name": "expectedStart",
    "type": "uint40"
   },
   {
    "internalType": "uint40",
    "name": "actualStart",
    "type": "uint40"
   }
  ],
  "name": "PeriodNotContiguous",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint96",
    "name": "available",
    "type": "uint96"
   },
   {
    "internalType": "uint96",
    "name": "required",
    "type": "uint96"
   }
  ],
  "name": "ReserveTooSmall",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "ProgrammeId",
    "name": "programme",
    "type": "uint32"
   }
  ],
  "name": "RollFirst",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint8",
    "name": "bits",
    "type": "uint8"
   },
   {
    "internalType": "uint256",
    "name": "value",
    "type": "uint256"
   }
  ],
  "name": "SafeCastOverflowedUintDowncast",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "ClaimId",
    "name": "claim",
    "type": "uint32"
   },
   {
    "internalType": "ActorId",
    "name": "actor",
    "type": "uint32"
   }
  ],
  "name": "SameActor",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint96",
    "name": "expected",
    "type": "uint96"
   },
   {
    "internalType": "uint96",
    "name": "actual",
    "type": "uint96"
   }
  ],
  "name": "StalePosition",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "sum",
    "type": "uint256"
   }
  ],
  "name": "SumOverflow",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "limit",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "actual",
    "type": "uint256"
   }
  ],
  "name": "TooManyLeaves",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "lengthBytes",
    "type": "uint256"
   }
  ],
  "name": "TruncatedLeaves",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint96",
    "name": "available",
    "type": "uint96"
   },
   {
    "internalType": "uint96",
    "name": "requested",
    "type": "uint96"
   }
  ],
  "name": "UnallocatedTooSmall",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "PeriodNumber",
    "name": "expected",
    "type": "uint32"
   },
   {
    "internalType": "PeriodNumber",
    "name": "actual",
    "type": "uint32"
   }
  ],
  "name": "UnexpectedPeriod",
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
  "name": "UnknownActor",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "channel",
    "type": "bytes32"
   }
  ],
  "name": "UnknownChannel",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "ClaimId",
    "name": "claim",
    "type": "uint32"
   }
  ],
  "name": "UnknownClaim",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "FundId",
    "name": "fund",
    "type": "uint32"
   }
  ],
  "name": "UnknownFund",
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
    "internalType": "ProgrammeId",
    "name": "programme",
    "type": "uint32"
   }
  ],
  "name": "UnknownProgramme",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "index",
    "type": "uint256"
   }
  ],
  "name": "UnsortedCommitment",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "ClaimId",
    "name": "claim",
    "type": "uint32"
   },
   {
    "internalType": "enum ClaimState",
    "name": "expected",
    "type": "uint8"
   },
   {
    "internalType": "enum ClaimState",
    "name": "actual",
    "type": "uint8"
   }
  ],
  "name": "WrongClaimState",
  "type": "error"
 },
 {
  "inputs": [],
  "name": "ZeroAccount",
  "type": "error"
 },
 {
  "inputs": [],
  "name": "ZeroAmount",
  "type": "error"
 },
 {
  "inputs": [],
  "name": "ZeroDigest",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "index",
    "type": "uint256"
   }
  ],
  "name": "ZeroLeafAmount",
  "type": "error"
 },
 {
  "inputs": [],
  "name": "ZeroOperation",
  "type": "error"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "ActorId",
    "name": "actor",
    "type": "uint32"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "account",
    "type": "address"
   }
  ],
  "name": "ActorRegistered",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "BatchId",
    "name": "batch",
    "type": "uint32"
   },
   {
    "indexed": true,
    "internalType": "FundId",
    "name": "fund",
    "type": "uint32"
   },
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "channel",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "uint32",
    "name": "day",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "uint96",
    "name": "startsAt",
    "type": "uint96"
   },
   {
    "indexed": false,
    "internalType": "uint32",
    "name": "count",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "uint64",
    "name": "sum",
    "type": "uint64"
   },
   {
    "indexed": false,
    "internalType": "bytes32",
    "name": "root",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "ActorId",
    "name": "recorder",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "bytes32",
    "name": "operation",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "bytes",
    "name": "leaves",
    "type": "bytes"
   }
  ],
  "name": "BatchRecorded",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "channel",
    "type": "bytes32"
   }
  ],
  "name": "ChannelRegistered",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "ClaimId",
    "name": "claim",
    "type": "uint32"
   },
   {
    "indexed": true,
    "internalType": "ProgrammeId",
    "name": "programme",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "uint96",
    "name": "amount",
    "type": "uint96"
   },
   {
    "indexed": false,
    "internalType": "uint96",
    "name": "remaining",
    "type": "uint96"
   },
   {
    "indexed": false,
    "internalType": "uint32",
    "name": "queueNumber",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "ActorId",
    "name": "adjudicator",
    "type": "uint32"
   }
  ],
  "name": "ClaimApproved",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "ClaimId",
    "name": "claim",
    "type": "uint32"
   },
   {
    "indexed": true,
    "internalType": "ProgrammeId",
    "name": "programme",
    "type": "uint32"
   },
   {
    "indexed": true,
    "internalType": "PeriodNumber",
    "name": "policyPeriod",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "bytes32",
    "name": "person",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "uint40",
    "name": "incidentFrom",
    "type": "uint40"
   },
   {
    "indexed": false,
    "internalType": "bool",
    "name": "toTheMinute",
    "type": "bool"
   },
   {
    "indexed": false,
    "internalType": "uint96",
    "name": "requested",
    "type": "uint96"
   },
   {
    "indexed": false,
    "internalType": "enum BenefitKind",
    "name": "benefit",
    "type": "uint8"
   },
   {
    "indexed": false,
    "internalType": "bytes32",
    "name": "evidence",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "ActorId",
    "name": "filer",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "bytes32",
    "name": "operation",
    "type": "bytes32"
   }
  ],
  "name": "ClaimFiled",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "ClaimId",
    "name": "claim",
    "type": "uint32"
   },
   {
    "indexed": true,
    "internalType": "PayoutId",
    "name": "payout",
    "type": "uint32"
   },
   {
    "indexed": true,
    "internalType": "ProgrammeId",
    "name": "programme",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "PeriodNumber",
    "name": "period",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "uint96",
    "name": "reserveStart",
    "type": "uint96"
   },
   {
    "indexed": false,
    "internalType": "uint96",
    "name": "amount",
    "type": "uint96"
   },
   {
    "indexed": false,
    "internalType": "bytes32",
    "name": "paymentReference",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "ActorId",
    "name": "payer",
    "type": "uint32"
   }
  ],
  "name": "ClaimPaid",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [],
  "name": "DefaultAdminDelayChangeCanceled",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": false,
    "internalType": "uint48",
    "name": "newDelay",
    "type": "uint48"
   },
   {
    "indexed": false,
    "internalType": "uint48",
    "name": "effectSchedule",
    "type": "uint48"
   }
  ],
  "name": "DefaultAdminDelayChangeScheduled",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [],
  "name": "DefaultAdminTransferCanceled",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "address",
    "name": "newAdmin",
    "type": "address"
   },
   {
    "indexed": false,
    "internalType": "uint48",
    "name": "acceptSchedule",
    "type": "uint48"
   }
  ],
  "name": "DefaultAdminTransferScheduled",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "ExpenseId",
    "name": "expense",
    "type": "uint32"
   },
   {
    "indexed": true,
    "internalType": "ProgrammeId",
    "name": "programme",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "uint96",
    "name": "operationsStart",
    "type": "uint96"
   },
   {
    "indexed": false,
    "internalType": "uint96",
    "name": "amount",
    "type": "uint96"
   },
   {
    "indexed": false,
    "internalType": "enum ExpenseKind",
    "name": "kind",
    "type": "uint8"
   },
   {
    "indexed": false,
    "internalType": "PeriodNumber",
    "name": "period",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "bytes32",
    "name": "evidence",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "ActorId",
    "name": "treasurer",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "bytes32",
    "name": "operation",
    "type": "bytes32"
   }
  ],
  "name": "ExpenseRecorded",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "FundId",
    "name": "fund",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "bytes3",
    "name": "currency",
    "type": "bytes3"
   },
   {
    "indexed": false,
    "internalType": "uint16",
    "name": "claimsShareBps",
    "type": "uint16"
   },
   {
    "indexed": true,
    "internalType": "ProgrammeId",
    "name": "restrictedTo",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "ProgrammeId",
    "name": "fallbackTo",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "bytes32",
    "name": "document",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "bytes32",
    "name": "operation",
    "type": "bytes32"
   }
  ],
  "name": "FundOpened",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": false,
    "internalType": "address",
    "name": "account",
    "type": "address"
   }
  ],
  "name": "Paused",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "ProgrammeId",
    "name": "programme",
    "type": "uint32"
   },
   {
    "indexed": true,
    "internalType": "PeriodNumber",
    "name": "period",
    "type": "uint32"
   },
   {
    "components": [
     {
      "internalType": "uint96",
      "name": "opening",
      "type": "uint96"
     },
     {
      "internalType": "uint96",
      "name": "allocated",
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
      "name": "paid",
      "type": "uint96"
     },
     {
      "internalType": "uint96",
      "name": "closing",
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
      "name": "expenses",
      "type": "uint96"
     }
    ],
    "indexed": false,
    "internalType": "struct IProgrammes.CloseRecord",
    "name": "record",
    "type": "tuple"
   }
  ],
  "name": "PeriodClosed",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "ProgrammeId",
    "name": "programme",
    "type": "uint32"
   },
   {
    "indexed": true,
    "internalType": "PeriodNumber",
    "name": "period",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "uint40",
    "name": "start",
    "type": "uint40"
   },
   {
    "indexed": false,
    "internalType": "uint40",
    "name": "end",
    "type": "uint40"
   },
   {
    "indexed": false,
    "internalType": "uint40",
    "name": "filingDeadline",
    "type": "uint40"
   },
   {
    "indexed": false,
    "internalType": "uint96",
    "name": "cover",
    "type": "uint96"
   },
   {
    "indexed": false,
    "internalType": "bytes32",
    "name": "terms",
    "type": "bytes32"
   }
  ],
  "name": "PeriodDeclared",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "AllocationId",
    "name": "allocation",
    "type": "uint32"
   },
   {
    "indexed": true,
    "internalType": "FundId",
    "name": "fund",
    "type": "uint32"
   },
   {
    "indexed": true,
    "internalType": "ProgrammeId",
    "name": "programme",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "uint96",
    "name": "fundStart",
    "type": "uint96"
   },
   {
    "indexed": false,
    "internalType": "uint96",
    "name": "amount",
    "type": "uint96"
   },
   {
    "indexed": false,
    "internalType": "uint96",
    "name": "reserveStart",
    "type": "uint96"
   },
   {
    "indexed": false,
    "internalType": "uint96",
    "name": "claimsAmount",
    "type": "uint96"
   },
   {
    "indexed": false,
    "internalType": "uint96",
    "name": "operationsStart",
    "type": "uint96"
   },
   {
    "indexed": false,
    "internalType": "PeriodNumber",
    "name": "period",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "ActorId",
    "name": "treasurer",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "bytes32",
    "name": "operation",
    "type": "bytes32"
   }
  ],
  "name": "PremiumAllocated",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "ProgrammeId",
    "name": "programme",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "enum ProgrammeKind",
    "name": "kind",
    "type": "uint8"
   },
   {
    "indexed": false,
    "internalType": "bytes3",
    "name": "currency",
    "type": "bytes3"
   },
   {
    "indexed": true,
    "internalType": "uint32",
    "name": "region",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "bytes32",
    "name": "document",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "bytes32",
    "name": "operation",
    "type": "bytes32"
   }
  ],
  "name": "ProgrammeOpened",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "role",
    "type": "bytes32"
   },
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "previousAdminRole",
    "type": "bytes32"
   },
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "newAdminRole",
    "type": "bytes32"
   }
  ],
  "name": "RoleAdminChanged",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "role",
    "type": "bytes32"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "account",
    "type": "address"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "sender",
    "type": "address"
   }
  ],
  "name": "RoleGranted",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "role",
    "type": "bytes32"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "account",
    "type": "address"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "sender",
    "type": "address"
   }
  ],
  "name": "RoleRevoked",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": false,
    "internalType": "address",
    "name": "account",
    "type": "address"
   }
  ],
  "name": "Unpaused",
  "type": "event"
 },
 {
  "inputs": [],
  "name": "DEFAULT_ADMIN_ROLE",
  "outputs": [
   {
    "internalType": "bytes32",
    "name": "",
    "type": "bytes32"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [],
  "name": "PREDECESSOR",
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
  "inputs": [],
  "name": "acceptDefaultAdminTransfer",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "operation",
    "type": "bytes32"
   },
   {
    "internalType": "FundId",
    "name": "fundId",
    "type": "uint32"
   },
   {
    "internalType": "ProgrammeId",
    "name": "programmeId",
    "type": "uint32"
   },
   {
    "internalType": "uint96",
    "name": "startsAt",
    "type": "uint96"
   },
   {
    "internalType": "uint96",
    "name": "amount",
    "type": "uint96"
   }
  ],
  "name": "allocatePremium",
  "outputs": [
   {
    "internalType": "AllocationId",
    "name": "id",
    "type": "uint32"
   }
  ],
  "stateMutability": "nonpayable",
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
    "internalType": "uint96",
    "name": "amount",
    "type": "uint96"
   },
   {
    "internalType": "uint96",
    "name": "remaining",
    "type": "uint96"
   }
  ],
  "name": "approveClaim",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "newAdmin",
    "type": "address"
   }
  ],
  "name": "beginDefaultAdminTransfer",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [],
  "name": "cancelDefaultAdminTransfer",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "uint48",
    "name": "newDelay",
    "type": "uint48"
   }
  ],
  "name": "changeDefaultAdminDelay",
  "outputs": [],
  "stateMutability": "nonpayable",
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
    "internalType": "uint32",
    "name": "max",
    "type": "uint32"
   }
  ],
  "name": "closePeriod",
  "outputs": [
   {
    "internalType": "PeriodNumber",
    "name": "",
    "type": "uint32"
   }
  ],
  "stateMutability": "nonpayable",
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
    "internalType": "bytes32",
    "name": "terms",
    "type": "bytes32"
   }
  ],
  "name": "declarePeriod",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [],
  "name": "defaultAdmin",
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
  "inputs": [],
  "name": "defaultAdminDelay",
  "outputs": [
   {
    "internalType": "uint48",
    "name": "",
    "type": "uint48"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [],
  "name": "defaultAdminDelayIncreaseWait",
  "outputs": [
   {
    "internalType": "uint48",
    "name": "",
    "type": "uint48"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "slot",
    "type": "bytes32"
   },
   {
    "internalType": "uint256",
    "name": "count",
    "type": "uint256"
   }
  ],
  "name": "extsload",
  "outputs": [
   {
    "internalType": "bytes32[]",
    "name": "words",
    "type": "bytes32[]"
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
   },
   {
    "internalType": "ProgrammeId",
    "name": "programmeId",
    "type": "uint32"
   },
   {
    "internalType": "PeriodNumber",
    "name": "policyPeriod",
    "type": "uint32"
   },
   {
    "internalType": "bytes32",
    "name": "person",
    "type": "bytes32"
   },
   {
    "internalType": "uint40",
    "name": "incidentFrom",
    "type": "uint40"
   },
   {
    "internalType": "bool",
    "name": "toTheMinute",
    "type": "bool"
   },
   {
    "internalType": "uint96",
    "name": "requested",
    "type": "uint96"
   },
   {
    "internalType": "enum BenefitKind",
    "name": "benefit",
    "type": "uint8"
   },
   {
    "internalType": "bytes32",
    "name": "evidence",
    "type": "bytes32"
   }
  ],
  "name": "fileClaim",
  "outputs": [
   {
    "internalType": "ClaimId",
    "name": "id",
    "type": "uint32"
   }
  ],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "role",
    "type": "bytes32"
   }
  ],
  "name": "getRoleAdmin",
  "outputs": [
   {
    "internalType": "bytes32",
    "name": "",
    "type": "bytes32"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "role",
    "type": "bytes32"
   },
   {
    "internalType": "address",
    "name": "account",
    "type": "address"
   }
  ],
  "name": "grantRole",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "role",
    "type": "bytes32"
   },
   {
    "internalType": "address",
    "name": "account",
    "type": "address"
   }
  ],
  "name": "hasRole",
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
    "internalType": "bytes[]",
    "name": "data",
    "type": "bytes[]"
   }
  ],
  "name": "multicall",
  "outputs": [
   {
    "internalType": "bytes[]",
    "name": "results",
    "type": "bytes[]"
   }
  ],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "operation",
    "type": "bytes32"
   },
   {
    "internalType": "bytes3",
    "name": "currency",
    "type": "bytes3"
   },
   {
    "internalType": "uint16",
    "name": "claimsShareBps",
    "type": "uint16"
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
   },
   {
    "internalType": "bytes32",
    "name": "document",
    "type": "bytes32"
   }
  ],
  "name": "openFund",
  "outputs": [
   {
    "internalType": "FundId",
    "name": "id",
    "type": "uint32"
   }
  ],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "operation",
    "type": "bytes32"
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
    "internalType": "bytes32",
    "name": "document",
    "type": "bytes32"
   }
  ],
  "name": "openProgramme",
  "outputs": [
   {
    "internalType": "ProgrammeId",
    "name": "id",
    "type": "uint32"
   }
  ],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [],
  "name": "owner",
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
  "inputs": [],
  "name": "pause",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [],
  "name": "paused",
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
    "internalType": "ClaimId",
    "name": "id",
    "type": "uint32"
   },
   {
    "internalType": "bytes32",
    "name": "paymentReference",
    "type": "bytes32"
   }
  ],
  "name": "payClaim",
  "outputs": [
   {
    "internalType": "PayoutId",
    "name": "payoutId",
    "type": "uint32"
   }
  ],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [],
  "name": "pendingDefaultAdmin",
  "outputs": [
   {
    "internalType": "address",
    "name": "newAdmin",
    "type": "address"
   },
   {
    "internalType": "uint48",
    "name": "schedule",
    "type": "uint48"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [],
  "name": "pendingDefaultAdminDelay",
  "outputs": [
   {
    "internalType": "uint48",
    "name": "newDelay",
    "type": "uint48"
   },
   {
    "internalType": "uint48",
    "name": "schedule",
    "type": "uint48"
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
   },
   {
    "internalType": "FundId",
    "name": "fundId",
    "type": "uint32"
   },
   {
    "internalType": "bytes32",
    "name": "channel",
    "type": "bytes32"
   },
   {
    "internalType": "uint32",
    "name": "day",
    "type": "uint32"
   },
   {
    "internalType": "uint96",
    "name": "startsAt",
    "type": "uint96"
   },
   {
    "internalType": "bytes",
    "name": "leaves",
    "type": "bytes"
   }
  ],
  "name": "recordDonations",
  "outputs": [
   {
    "internalType": "BatchId",
    "name": "id",
    "type": "uint32"
   }
  ],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "operation",
    "type": "bytes32"
   },
   {
    "internalType": "ProgrammeId",
    "name": "programmeId",
    "type": "uint32"
   },
   {
    "internalType": "enum ExpenseKind",
    "name": "kind",
    "type": "uint8"
   },
   {
    "internalType": "uint96",
    "name": "startsAt",
    "type": "uint96"
   },
   {
    "internalType": "uint96",
    "name": "amount",
    "type": "uint96"
   },
   {
    "internalType": "bytes32",
    "name": "evidence",
    "type": "bytes32"
   }
  ],
  "name": "recordExpense",
  "outputs": [
   {
    "internalType": "ExpenseId",
    "name": "id",
    "type": "uint32"
   }
  ],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "account",
    "type": "address"
   }
  ],
  "name": "registerActor",
  "outputs": [
   {
    "internalType": "ActorId",
    "name": "actor",
    "type": "uint32"
   }
  ],
  "stateMutability": "nonpayable",
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
  "name": "registerChannel",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "role",
    "type": "bytes32"
   },
   {
    "internalType": "address",
    "name": "account",
    "type": "address"
   }
  ],
  "name": "renounceRole",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "role",
    "type": "bytes32"
   },
   {
    "internalType": "address",
    "name": "account",
    "type": "address"
   }
  ],
  "name": "revokeRole",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [],
  "name": "rollbackDefaultAdminDelay",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "bytes4",
    "name": "interfaceId",
    "type": "bytes4"
   }
  ],
  "name": "supportsInterface",
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
  "name": "unpause",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 }
] as const;
