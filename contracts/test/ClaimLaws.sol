// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ClaimStates} from "../books/Codes.sol";
import {ActorId, ClaimId, PayoutId, ProgrammeId} from "../books/Ids.sol";
import {Claim, Totals} from "../books/Records.sol";
import {BooksInvariants} from "./BooksInvariants.sol";
import {GhostClaim, GhostPolicy, GhostProgramme} from "./Ghosts.sol";
import {Peeling} from "./Peeling.sol";
import {StoredBooks} from "./StoredBooks.sol";

/// @title Law L6, on what the ledger stores
/// @notice Per policy period and insured person, approved and unpaid + paid - recovered never exceeds the cover; paid
///         implies approved; filer, adjudicator and payer are three; claims wait in the order of their numbers; the
///         insurers' parts add up in every payout.
abstract contract ClaimLaws is BooksInvariants {
    function invariant_L6_noPersonGetsMoreThanTheirCover() external inStorage {
        uint256 count = handler.claims();
        for (uint32 id = 1; id <= count; id++) {
            GhostClaim memory claim = handler.claim(id);
            uint256 held;
            uint256 grants;
            for (uint32 other = 1; other <= count; other++) {
                GhostClaim memory further = handler.claim(other);
                bool samePeriod = further.programme == claim.programme && further.period == claim.period;
                if (samePeriod && further.person == claim.person) held += _held(further);
                if (further.aidOf == id) grants += _held(further);
            }
            uint256 cover = _stored().period(uint32(claim.programme), uint32(claim.period)).cover;
            uint256 committed = _stored().committed(
                uint32(claim.programme),
                uint32(claim.period),
                claim.person
            );
            require(committed == (cover == 0 ? 0 : held), "L6: approved and unpaid + paid - recovered");
            require(cover == 0 || held <= cover, "L6: never above the cover");
            Claim memory record = _stored().claim(id);
            require(record.granted == grants, "L6: grants for a claim are what is promised in aid of it");
            require(record.granted <= record.remaining, "L6: never above what was attested as remaining");
        }
    }

    function invariant_L6_paidIsApprovedAndDoneByThreeActors() external inStorage {
        for (uint32 id = 1; id <= handler.claims(); id++) {
            Claim memory record = _stored().claim(id);
            GhostClaim memory ghost = handler.claim(id);
            require(record.state == ghost.state, "L6: a claim is where its verbs put it");
            require(
                record.approved == ghost.approved && record.approved <= record.requested,
                "L6: the amount"
            );
            require(_actor(record.filer) == handler.EVENTS().actorOf(ghost.filer), "L6: the filer");
            bool wasApproved = record.queueNumber != 0;
            require(wasApproved == (ActorId.unwrap(record.adjudicator) != 0), "L6: approved by somebody");
            require(wasApproved == (record.approved != 0), "L6: and for something");
            if (wasApproved) require(ghost.filer != ghost.adjudicator, "L6: filer and adjudicator differ");
            require(PayoutId.unwrap(record.lastPayout) == ghost.lastPayout, "L6: the last payout");
            if (ghost.lastPayout == 0) {
                require(ghost.state != ClaimStates.PAID, "L6: a paid claim has a payout");
                continue;
            }
            require(wasApproved, "L6: paid implies approved");
            require(
                ghost.payer != ghost.filer && ghost.payer != ghost.adjudicator,
                "L6: the payer is a third"
            );
            (, , , uint256 amount, uint256 recovered) = _stored().payout(uint32(ghost.lastPayout));
            if (ghost.state != ClaimStates.PAID)
                require(amount == recovered, "L6: payable again has nothing left");
        }
    }

    function invariant_L6_theQueueHoldsWhatIsPayableInOrder() external inStorage {
        for (uint32 id = 1; id <= handler.PROGRAMMES(); id++) {
            StoredBooks.ProgrammeWord memory word = _stored().programme(id);
            GhostProgramme memory ghost = handler.programme(id);
            Totals memory totals = _stored().totals(id);
            uint32 here = ClaimId.unwrap(word.queueHead);
            uint32 before;
            uint32 number;
            uint256 waiting;
            for (uint256 i = 0; i < ghost.queue.length; i++) {
                require(here == ghost.queue[i], "L6: in the order of the queue numbers");
                Claim memory record = _stored().claim(here);
                require(record.state == ClaimStates.APPROVED, "L6: what waits is payable");
                require(ProgrammeId.unwrap(record.programme) == id, "L6: in its own programme's queue");
                require(record.queueNumber > number, "L6: numbers ascend");
                require(ClaimId.unwrap(record.previous) == before, "L6: linked both ways");
                (number, before, here) = (record.queueNumber, here, ClaimId.unwrap(record.next));
                waiting += record.approved;
            }
            require(here == 0 && ClaimId.unwrap(word.queueTail) == before, "L6: and ends at the tail");
            require(totals.approvedUnpaid == waiting, "L6: approved and unpaid is what waits");
            require(word.lastQueueNumber == ghost.lastQueueNumber, "L6: queue numbers");
            _requireCounted(id, word.openClaims, totals.filedUndecided, ghost.queue.length);
        }
    }

    function invariant_L6_insurersBearWhatTheirPeriodPaid() external inStorage {
        for (uint32 id = 1; id <= handler.PROGRAMMES(); id++) {
            for (uint32 number = 1; number <= handler.programme(id).declared; number++) {
                StoredBooks.PeriodWords memory words = _stored().period(id, number);
                GhostPolicy memory ghost = handler.policy(id, number);
                require(words.shares == ghost.shares && words.cover == ghost.cover, "L6: as declared");
                require(
                    words.paid == ghost.paid && words.recovered == ghost.recovered,
                    "L6: by policy period"
                );
                require(words.recovered <= words.paid, "L6: no more comes back than was paid");
                if (ghost.shares == 0) continue;
                uint256[16] memory paid = Peeling.parts(words.paid, words.shares);
                uint256[16] memory recovered = Peeling.parts(words.recovered, words.shares);
                for (uint256 i = 0; i < 16; i++) {
                    require(
                        paid[i] == ghost.partsPaid[i],
                        "L6: the parts of all payouts are the part of all"
                    );
                    require(recovered[i] == ghost.partsRecovered[i], "L6: and of all recoveries");
                    require(recovered[i] <= paid[i], "L6: an insurer's net part is not negative");
                }
            }
        }
    }

    /// @dev What a claim holds of its person's cover.
    function _held(GhostClaim memory claim) private pure returns (uint256) {
        bool promised = claim.state == ClaimStates.APPROVED || claim.state == ClaimStates.ON_HOLD;
        return (promised ? claim.approved : 0) + claim.paid - claim.recovered;
    }

    function _requireCounted(uint32 id, uint256 open, uint256 undecided, uint256 queued) private view {
        uint256 filed;
        uint256 payable_;
        uint256 held;
        uint256 requested;
        for (uint32 c = 1; c <= handler.claims(); c++) {
            Claim memory record = _stored().claim(c);
            if (ProgrammeId.unwrap(record.programme) != id) continue;
            if (record.state == ClaimStates.FILED)
                (filed, requested) = (filed + 1, requested + record.requested);
            if (record.state == ClaimStates.APPROVED) payable_++;
            if (record.state == ClaimStates.ON_HOLD) held++;
        }
        require(payable_ == queued, "L6: what is payable waits in the queue");
        require(open == filed + payable_ + held, "L6: open claims are filed, payable or held");
        require(undecided == requested, "L6: filed and undecided");
    }
}
