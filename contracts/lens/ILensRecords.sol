// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ProgrammeKind} from "../books/Codes.sol";
import {BatchId, ClaimId, FundId, PayoutId, ProgrammeId} from "../books/Ids.sol";
import {Totals} from "../books/Records.sol";
import {IProgrammes} from "../programmes/IProgrammes.sol";

/// @title What the lens answers with, beyond the records of Records.sol
interface ILensRecords {
    struct FundRecord {
        uint96 donated;
        uint96 allocated;
        uint16 claimsShareBps;
        bytes3 currency;
        ProgrammeId restrictedTo;
        ProgrammeId fallbackTo;
    }

    struct ProgrammeRecord {
        Totals totals;
        ClaimId queueHead;
        ClaimId queueTail;
        uint32 lastQueueNumber;
        uint32 openClaims;
        uint32 declaredPeriods;
        uint32 currentPeriod;
        uint40 currentEnd;
        ProgrammeKind kind;
        bytes3 currency;
        uint32 region;
        ProgrammeId fallbackTo;
    }

    /// @param closed True once block time has reached the end, whether or not a verb has written it yet.
    /// @param record The figures at the end, or so far for the current period and the run-off; all zero for a
    ///        period that is not yet due.
    /// @param paidForPolicy Paid for claims whose policy period this is, whenever paid.
    /// @param recoveredForPolicy Recovered of them, whenever recovered.
    /// @param insurerShares 16 bits an insurer, the first lowest; 0 while none are declared.
    struct PeriodRecord {
        uint40 start;
        uint40 end;
        uint40 filingDeadline;
        uint96 cover;
        bool toTheMinute;
        bytes32 terms;
        bool closed;
        IProgrammes.CloseRecord record;
        uint96 paidForPolicy;
        uint96 recoveredForPolicy;
        uint256 insurerShares;
    }

    /// @param previous The payout of the same claim before this one.
    struct PayoutRecord {
        ClaimId claim;
        PayoutId previous;
        uint96 reserveStart;
        uint96 amount;
        uint96 recovered;
    }

    /// @notice Where each fen of a donation can be; in this order in `Slice.place`.
    enum Place {
        Unallocated,
        Paid,
        InReserve,
        OperatingSpent,
        OperatingUnspent
    }

    /// @param allocation The allocation that first took the fen from the fund.
    /// @param programme Whose line the fen are on now.
    /// @param lineStart First position on the fund's, reserve or operations line, as the place says.
    /// @param record Payout id if paid, expense id if spent, else 0.
    /// @param claim The claim of the payout, else none.
    /// @param hops How many recoveries and moves the fen went through since their allocation.
    /// @param via The latest of these in time, with the tag of books/Flow.sol; 0 where there are none.
    struct Slice {
        Place place;
        uint32 allocation;
        ProgrammeId programme;
        uint96 lineStart;
        uint96 amount;
        uint32 record;
        ClaimId claim;
        uint32 hops;
        uint160 via;
    }

    /// @param fundStart First fund position touched. @param fundEnd One past the last.
    /// @param amount Claims fen of [fundStart, fundEnd) that went into the payout.
    /// @param hops How many recoveries and moves they went through between allocation and payout.
    /// @param via The latest of these in time, as in {Slice}.
    struct Source {
        FundId fund;
        BatchId batch;
        uint32 allocation;
        uint96 fundStart;
        uint96 fundEnd;
        uint96 amount;
        uint32 hops;
        uint160 via;
    }
}
