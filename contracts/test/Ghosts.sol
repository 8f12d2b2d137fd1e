// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ClaimState} from "../books/Codes.sol";

// What a history must have done to the books, counted apart from the ledger.

struct GhostFund {
    uint256 donated;
    uint256 allocated;
    /// Claims fen of what is allocated.
    uint256 claims;
}

/// @dev What went through a programme in one cash period.
struct GhostFlows {
    uint256 allocated;
    uint256 movedIn;
    uint256 movedOut;
    uint256 recovered;
    uint256 paid;
    uint256 operationsIn;
    uint256 operationsMovedIn;
    uint256 operationsMovedOut;
    uint256 expenses;
}

struct GhostPolicy {
    uint256 start;
    uint256 end;
    uint256 deadline;
    uint256 cover;
    uint256 paid;
    uint256 recovered;
    uint256 shares;
    /// What each insurer bears of the payments, and got back of the recoveries: payout by payout.
    uint256[16] partsPaid;
    uint256[16] partsRecovered;
}

struct GhostProgramme {
    uint256 fallbackTo;
    uint256 declared;
    uint256 lastQueueNumber;
    uint256 openClaims;
    uint256 approvedUnpaid;
    uint256 filedUndecided;
    uint256 reserveIn;
    uint256 reserveSpent;
    uint256 operationsIn;
    uint256 operationsOut;
    /// Payable claims in the order of their queue numbers.
    uint256[] queue;
}

struct GhostRoster {
    uint256 programme;
    uint256 period;
    bytes32[] people;
    uint256[] froms;
    uint256[] tos;
}

struct GhostClaim {
    uint256 programme;
    uint256 period;
    bytes32 person;
    ClaimState state;
    uint256 requested;
    uint256 approved;
    uint256 queueNumber;
    address filer;
    address adjudicator;
    /// Who paid it last.
    address payer;
    uint256 lastPayout;
    uint256 paid;
    uint256 recovered;
    uint256 aidOf;
    uint256 remaining;
    uint256 granted;
}

struct GhostPayout {
    uint256 claim;
    uint256 start;
    uint256 amount;
    uint256 recovered;
}
