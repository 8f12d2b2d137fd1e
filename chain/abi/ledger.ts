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
    "internalType": "uint256",
    "name": "left",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "amount",
    "type": "uint256"
   }
  ],
  "name": "AidExceeded",
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
    "internalType": "uint256",
    "name": "requested",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "approved",
    "type": "uint256"
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
    "internalType": "uint256",
    "name": "left",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "amount",
    "type": "uint256"
   }
  ],
  "name": "CoverExceeded",
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
  "name": "DonationNotProven",
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
    "internalType": "uint256",
    "name": "deadline",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "now_",
    "type": "uint256"
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
  "name": "HeadMismatch",
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
    "internalType": "uint256",
    "name": "from",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "to",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "incidentFrom",
    "type": "uint256"
   }
  ],
  "name": "IncidentOutsideValidity",
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
    "name": "policyPeriod",
    "type": "uint32"
   }
  ],
  "name": "InsurersFixed",
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
    "name": "expected",
    "type": "uint32"
   },
   {
    "internalType": "ProgrammeId",
    "name": "actual",
    "type": "uint32"
   }
  ],
  "name": "InvalidDestination",
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
    "internalType": "uint256",
    "name": "incidentFrom",
    "type": "uint256"
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
    "internalType": "ClaimId",
    "name": "after_",
    "type": "uint32"
   },
   {
    "internalType": "ClaimId",
    "name": "claim",
    "type": "uint32"
   }
  ],
  "name": "InvalidQueuePlace",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "Reason",
    "name": "reason",
    "type": "uint8"
   }
  ],
  "name": "InvalidReason",
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
    "internalType": "uint256",
    "name": "sharesBps",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "sumBps",
    "type": "uint256"
   }
  ],
  "name": "InvalidShares",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "RosterId",
    "name": "roster",
    "type": "uint32"
   },
   {
    "internalType": "bytes32",
    "name": "person",
    "type": "bytes32"
   }
  ],
  "name": "MembershipNotProven",
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
    "internalType": "ProgrammeId",
    "name": "programme",
    "type": "uint32"
   }
  ],
  "name": "NothingToMove",
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
    "internalType": "uint256",
    "name": "start",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "now_",
    "type": "uint256"
   }
  ],
  "name": "PeriodNotBegun",
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
    "internalType": "uint256",
    "name": "end",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "now_",
    "type": "uint256"
   }
  ],
  "name": "PeriodOver",
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
    "internalType": "uint40",
    "name": "filingDeadline",
    "type": "uint40"
   },
   {
    "internalType": "uint32",
    "name": "openClaims",
    "type": "uint32"
   }
  ],
  "name": "ProgrammeNotEnded",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "RefundId",
    "name": "refund",
    "type": "uint32"
   }
  ],
  "name": "RefundAlreadyCovered",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "left",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "amount",
    "type": "uint256"
   }
  ],
  "name": "RefundTooLarge",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "available",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "required",
    "type": "uint256"
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
    "internalType": "uint256",
    "name": "expected",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "actual",
    "type": "uint256"
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
    "internalType": "uint256",
    "name": "available",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "requested",
    "type": "uint256"
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
    "internalType": "BatchId",
    "name": "batch",
    "type": "uint32"
   }
  ],
  "name": "UnknownBatch",
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
    "internalType": "FindingId",
    "name": "finding",
    "type": "uint32"
   }
  ],
  "name": "UnknownFinding",
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
    "internalType": "PayoutId",
    "name": "payout",
    "type": "uint32"
   }
  ],
  "name": "UnknownPayout",
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
    "internalType": "RefundId",
    "name": "refund",
    "type": "uint32"
   }
  ],
  "name": "UnknownRefund",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "RosterId",
    "name": "roster",
    "type": "uint32"
   }
  ],
  "name": "UnknownRoster",
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
    "internalType": "ClaimState",
    "name": "expected",
    "type": "uint8"
   },
   {
    "internalType": "ClaimState",
    "name": "actual",
    "type": "uint8"
   }
  ],
  "name": "WrongClaimState",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "FindingId",
    "name": "finding",
    "type": "uint32"
   }
  ],
  "name": "WrongFindingState",
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
  "name": "WrongProgrammeKind",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "left",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "amount",
    "type": "uint256"
   }
  ],
  "name": "WrongRecoveryAmount",
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
    "internalType": "AttestationId",
    "name": "attestation",
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
    "name": "period",
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
    "internalType": "ActorId",
    "name": "auditor",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "bytes32",
    "name": "operation",
    "type": "bytes32"
   }
  ],
  "name": "Attested",
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
    "internalType": "uint256",
    "name": "startsAt",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "count",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "sum",
    "type": "uint256"
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
    "internalType": "ConfirmationId",
    "name": "confirmation",
    "type": "uint32"
   },
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "channel",
    "type": "bytes32"
   },
   {
    "indexed": true,
    "internalType": "uint32",
    "name": "day",
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
    "internalType": "uint32",
    "name": "count",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "sum",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "ActorId",
    "name": "provider",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "bytes32",
    "name": "operation",
    "type": "bytes32"
   }
  ],
  "name": "ChannelTotalConfirmed",
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
    "internalType": "uint256",
    "name": "amount",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "remaining",
    "type": "uint256"
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
    "indexed": false,
    "internalType": "Reason",
    "name": "reason",
    "type": "uint8"
   },
   {
    "indexed": false,
    "internalType": "ActorId",
    "name": "adjudicator",
    "type": "uint32"
   }
  ],
  "name": "ClaimCancelled",
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
    "internalType": "RosterId",
    "name": "roster",
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
    "internalType": "uint256",
    "name": "requested",
    "type": "uint256"
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
    "internalType": "ProgrammeId",
    "name": "programme",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "Reason",
    "name": "reason",
    "type": "uint8"
   },
   {
    "indexed": false,
    "internalType": "ActorId",
    "name": "adjudicator",
    "type": "uint32"
   }
  ],
  "name": "ClaimHeld",
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
    "internalType": "uint256",
    "name": "reserveStart",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "amount",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "policyStart",
    "type": "uint256"
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
    "internalType": "Reason",
    "name": "reason",
    "type": "uint8"
   },
   {
    "indexed": false,
    "internalType": "ActorId",
    "name": "adjudicator",
    "type": "uint32"
   }
  ],
  "name": "ClaimRejected",
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
    "internalType": "ActorId",
    "name": "adjudicator",
    "type": "uint32"
   }
  ],
  "name": "ClaimReleased",
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
    "internalType": "ActorId",
    "name": "coordinator",
    "type": "uint32"
   }
  ],
  "name": "ClaimWithdrawn",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "CorrectionId",
    "name": "correction",
    "type": "uint32"
   },
   {
    "indexed": true,
    "internalType": "enum RecordKind",
    "name": "kind",
    "type": "uint8"
   },
   {
    "indexed": true,
    "internalType": "uint32",
    "name": "record",
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
  "name": "CorrectionNoted",
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
    "internalType": "RefundId",
    "name": "refund",
    "type": "uint32"
   },
   {
    "indexed": true,
    "internalType": "BatchId",
    "name": "batch",
    "type": "uint32"
   },
   {
    "indexed": true,
    "internalType": "uint32",
    "name": "index",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "FundId",
    "name": "fund",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "start",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "amount",
    "type": "uint256"
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
  "name": "DonationRefunded",
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
    "internalType": "uint256",
    "name": "operationsStart",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "amount",
    "type": "uint256"
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
    "internalType": "FindingId",
    "name": "finding",
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
    "internalType": "ActorId",
    "name": "treasurer",
    "type": "uint32"
   }
  ],
  "name": "FindingAnswered",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "FindingId",
    "name": "finding",
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
    "internalType": "ActorId",
    "name": "auditor",
    "type": "uint32"
   }
  ],
  "name": "FindingClosed",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "FindingId",
    "name": "finding",
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
    "name": "period",
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
    "internalType": "ActorId",
    "name": "auditor",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "bytes32",
    "name": "operation",
    "type": "bytes32"
   }
  ],
  "name": "FindingOpened",
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
    "internalType": "ClaimId",
    "name": "aidOf",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "PeriodNumber",
    "name": "policyPeriod",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "requested",
    "type": "uint256"
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
  "name": "GrantFiled",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "uint64",
    "name": "blockNumber",
    "type": "uint64"
   },
   {
    "indexed": false,
    "internalType": "bytes32",
    "name": "blockHash",
    "type": "bytes32"
   },
   {
    "indexed": true,
    "internalType": "ActorId",
    "name": "actor",
    "type": "uint32"
   }
  ],
  "name": "HeadNoted",
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
    "name": "policyPeriod",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "sharesBps",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "bytes32",
    "name": "document",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "ActorId",
    "name": "treasurer",
    "type": "uint32"
   }
  ],
  "name": "InsurersDeclared",
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
    "internalType": "RecoveryId",
    "name": "recovery",
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
    "internalType": "ClaimId",
    "name": "claim",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "bool",
    "name": "returned",
    "type": "bool"
   },
   {
    "indexed": false,
    "internalType": "PeriodNumber",
    "name": "period",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "offset",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "reserveStart",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "amount",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "policyStart",
    "type": "uint256"
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
    "name": "payer",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "bytes32",
    "name": "operation",
    "type": "bytes32"
   }
  ],
  "name": "PayoutRecovered",
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
    "internalType": "uint256",
    "name": "cover",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "bool",
    "name": "toTheMinute",
    "type": "bool"
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
    "internalType": "uint256",
    "name": "fundStart",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "amount",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "reserveStart",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "claimsAmount",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "operationsStart",
    "type": "uint256"
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
    "internalType": "RefundId",
    "name": "refund",
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
    "internalType": "bytes32",
    "name": "paymentReference",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "ActorId",
    "name": "provider",
    "type": "uint32"
   }
  ],
  "name": "RefundCovered",
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
    "indexed": true,
    "internalType": "RosterId",
    "name": "roster",
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
    "name": "root",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "count",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "premiumPerHead",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "denominator",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "ActorId",
    "name": "coordinator",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "bytes32",
    "name": "operation",
    "type": "bytes32"
   }
  ],
  "name": "RosterAppended",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "MoveId",
    "name": "move",
    "type": "uint32"
   },
   {
    "indexed": true,
    "internalType": "ProgrammeId",
    "name": "from",
    "type": "uint32"
   },
   {
    "indexed": true,
    "internalType": "ProgrammeId",
    "name": "to",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "reserveFrom",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "reserveTo",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "reserveAmount",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "operationsFrom",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "operationsTo",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "operationsAmount",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "PeriodNumber",
    "name": "fromPeriod",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "PeriodNumber",
    "name": "toPeriod",
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
  "name": "SurplusMoved",
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
    "internalType": "uint256",
    "name": "startsAt",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "amount",
    "type": "uint256"
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
    "internalType": "FindingId",
    "name": "id",
    "type": "uint32"
   },
   {
    "internalType": "bytes32",
    "name": "document",
    "type": "bytes32"
   }
  ],
  "name": "answerFinding",
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
    "name": "root",
    "type": "bytes32"
   },
   {
    "internalType": "uint256",
    "name": "count",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "premiumPerHead",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "denominator",
    "type": "uint256"
   }
  ],
  "name": "appendRoster",
  "outputs": [
   {
    "internalType": "RosterId",
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
    "internalType": "uint256",
    "name": "amount",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "remaining",
    "type": "uint256"
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
    "internalType": "bytes32",
    "name": "operation",
    "type": "bytes32"
   },
   {
    "internalType": "ProgrammeId",
    "name": "programme",
    "type": "uint32"
   },
   {
    "internalType": "PeriodNumber",
    "name": "period",
    "type": "uint32"
   },
   {
    "internalType": "bytes32",
    "name": "document",
    "type": "bytes32"
   }
  ],
  "name": "attest",
  "outputs": [
   {
    "internalType": "AttestationId",
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
  "inputs": [
   {
    "internalType": "ClaimId",
    "name": "id",
    "type": "uint32"
   },
   {
    "internalType": "Reason",
    "name": "reason",
    "type": "uint8"
   }
  ],
  "name": "cancelClaim",
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
    "internalType": "FindingId",
    "name": "id",
    "type": "uint32"
   },
   {
    "internalType": "bytes32",
    "name": "document",
    "type": "bytes32"
   }
  ],
  "name": "closeFinding",
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
    "internalType": "bytes32",
    "name": "operation",
    "type": "bytes32"
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
    "internalType": "bytes3",
    "name": "currency",
    "type": "bytes3"
   },
   {
    "internalType": "uint32",
    "name": "count",
    "type": "uint32"
   },
   {
    "internalType": "uint256",
    "name": "sum",
    "type": "uint256"
   }
  ],
  "name": "confirmChannelTotal",
  "outputs": [
   {
    "internalType": "ConfirmationId",
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
    "internalType": "RefundId",
    "name": "id",
    "type": "uint32"
   },
   {
    "internalType": "bytes32",
    "name": "channel",
    "type": "bytes32"
   },
   {
    "internalType": "bytes32",
    "name": "paymentReference",
    "type": "bytes32"
   }
  ],
  "name": "coverRefund",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
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
    "internalType": "uint256",
    "name": "sharesBps",
    "type": "uint256"
   },
   {
    "internalType": "bytes32",
    "name": "document",
    "type": "bytes32"
   }
  ],
  "name": "declareInsurers",
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
    "internalType": "uint256",
    "name": "cover",
    "type": "uint256"
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
    "name": "",
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
    "internalType": "RosterId",
    "name": "rosterId",
    "type": "uint32"
   },
   {
    "internalType": "bytes32",
    "name": "person",
    "type": "bytes32"
   },
   {
    "internalType": "uint40",
    "name": "from",
    "type": "uint40"
   },
   {
    "internalType": "uint40",
    "name": "to",
    "type": "uint40"
   },
   {
    "internalType": "bytes32[]",
    "name": "proof",
    "type": "bytes32[]"
   },
   {
    "internalType": "uint40",
    "name": "incidentFrom",
    "type": "uint40"
   },
   {
    "internalType": "uint256",
    "name": "requested",
    "type": "uint256"
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
    "internalType": "ClaimId",
    "name": "aidOf",
    "type": "uint32"
   },
   {
    "internalType": "uint256",
    "name": "requested",
    "type": "uint256"
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
  "name": "fileGrant",
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
    "internalType": "ClaimId",
    "name": "id",
    "type": "uint32"
   },
   {
    "internalType": "Reason",
    "name": "reason",
    "type": "uint8"
   }
  ],
  "name": "holdClaim",
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
    "internalType": "ProgrammeId",
    "name": "from",
    "type": "uint32"
   },
   {
    "internalType": "ProgrammeId",
    "name": "to",
    "type": "uint32"
   }
  ],
  "name": "moveSurplus",
  "outputs": [
   {
    "internalType": "MoveId",
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
    "internalType": "enum RecordKind",
    "name": "kind",
    "type": "uint8"
   },
   {
    "internalType": "uint32",
    "name": "record",
    "type": "uint32"
   },
   {
    "internalType": "bytes32",
    "name": "document",
    "type": "bytes32"
   }
  ],
  "name": "noteCorrection",
  "outputs": [
   {
    "internalType": "CorrectionId",
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
    "internalType": "uint64",
    "name": "blockNumber",
    "type": "uint64"
   },
   {
    "internalType": "bytes32",
    "name": "blockHash",
    "type": "bytes32"
   }
  ],
  "name": "noteHead",
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
    "internalType": "ProgrammeId",
    "name": "programme",
    "type": "uint32"
   },
   {
    "internalType": "PeriodNumber",
    "name": "period",
    "type": "uint32"
   },
   {
    "internalType": "bytes32",
    "name": "document",
    "type": "bytes32"
   }
  ],
  "name": "openFinding",
  "outputs": [
   {
    "internalType": "FindingId",
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
    "internalType": "uint256",
    "name": "startsAt",
    "type": "uint256"
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
    "internalType": "uint256",
    "name": "startsAt",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "amount",
    "type": "uint256"
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
    "internalType": "bytes32",
    "name": "operation",
    "type": "bytes32"
   },
   {
    "internalType": "PayoutId",
    "name": "payoutId",
    "type": "uint32"
   },
   {
    "internalType": "uint256",
    "name": "amount",
    "type": "uint256"
   },
   {
    "internalType": "bool",
    "name": "returned",
    "type": "bool"
   },
   {
    "internalType": "ClaimId",
    "name": "after_",
    "type": "uint32"
   },
   {
    "internalType": "bytes32",
    "name": "evidence",
    "type": "bytes32"
   }
  ],
  "name": "recoverPayout",
  "outputs": [
   {
    "internalType": "RecoveryId",
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
    "internalType": "uint256",
    "name": "leafAmount",
    "type": "uint256"
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
    "internalType": "uint256",
    "name": "amount",
    "type": "uint256"
   },
   {
    "internalType": "bytes32",
    "name": "paymentReference",
    "type": "bytes32"
   }
  ],
  "name": "refundDonation",
  "outputs": [
   {
    "internalType": "RefundId",
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
    "internalType": "ClaimId",
    "name": "id",
    "type": "uint32"
   },
   {
    "internalType": "Reason",
    "name": "reason",
    "type": "uint8"
   }
  ],
  "name": "rejectClaim",
  "outputs": [],
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
    "internalType": "ClaimId",
    "name": "after_",
    "type": "uint32"
   }
  ],
  "name": "releaseClaim",
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
 },
 {
  "inputs": [
   {
    "internalType": "ClaimId",
    "name": "id",
    "type": "uint32"
   }
  ],
  "name": "withdrawClaim",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 }
] as const;
