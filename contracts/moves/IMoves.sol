// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ActorId, MoveId, PeriodNumber, ProgrammeId} from "../books/Ids.sol";

/// @title Moves: what an ended programme leaves goes, whole, to one other programme
/// @notice Reserve to reserve and operations to operations, without a second split. The donors' trace goes on there.
/// @notice Money that an ended programme recovers later is moved by a further move.
interface IMoves {
    /// @param reserveFrom First position on the reserve line of `from`. @param reserveTo The same of `to`.
    /// @param fromPeriod Cash period of `from`, by block time. @param toPeriod The same of `to`.
    event SurplusMoved(
        MoveId indexed move,
        ProgrammeId indexed from,
        ProgrammeId indexed to,
        uint256 reserveFrom,
        uint256 reserveTo,
        uint256 reserveAmount,
        uint256 operationsFrom,
        uint256 operationsTo,
        uint256 operationsAmount,
        PeriodNumber fromPeriod,
        PeriodNumber toPeriod,
        ActorId treasurer,
        bytes32 operation
    );

    /// @notice A programme has ended when its last period is over, that period's filing deadline has passed and no
    ///         claim is open.
    error ProgrammeNotEnded(ProgrammeId programme, uint40 filingDeadline, uint32 openClaims);
    /// @notice Surplus goes to another programme, and to the fallback where restricted money came in.
    error InvalidDestination(ProgrammeId expected, ProgrammeId actual);
    error NothingToMove(ProgrammeId programme);

    /// @notice Moves all that is left of an ended programme. Emits a {SurplusMoved} event.
    /// Requirements:
    /// - not paused; the caller is a registered actor with the treasurer role;
    /// - `operation` is not zero and has not landed before;
    /// - both programmes exist, are different and have the same currency;
    /// - `to` is the fallback of `from`, if `from` ever accepted restricted funds;
    /// - at most 8 periods of each are due to close;
    /// - `from` is in run-off, the filing deadline of its last period has passed, and no claim of it is open;
    /// - something is left on its reserve or operations line.
    function moveSurplus(bytes32 operation, ProgrammeId from, ProgrammeId to) external returns (MoveId move);
}
