// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ActorId, PeriodNumber, ProgrammeId} from "../books/Ids.sol";

/// @title Insurers of a policy period and their shares
/// @notice Co-insurers share what a policy period's claims are paid, over the period's own cumulative total x, by
///         peeling: r_0 = x; a_j = floor(r_j * s_j / sum of the shares from j on); r_{j+1} = r_j - a_j. The part of
///         insurer j in a payout that takes the total from x to y is a_j(y) - a_j(x): never negative, and the parts
///         add up exactly. Recoveries are shared the same way over the period's cumulative recoveries.
/// @notice A period without insurers is the programme's own risk.
interface IInsurers {
    /// @param sharesBps 16 bits an insurer, the first lowest, in the order of the published document, which names
    ///        them: as many as one word holds.
    /// @param document sha256 of that document in RFC 8785 form.
    event InsurersDeclared(
        ProgrammeId indexed programme,
        PeriodNumber indexed policyPeriod,
        uint256 sharesBps,
        bytes32 document,
        ActorId treasurer
    );

    /// @notice Shares are declared once, and before the first payment of the policy period.
    error InsurersFixed(ProgrammeId programme, PeriodNumber policyPeriod);
    /// @notice 1 to 16 shares without a gap, that sum to 10000 basis points. The sum is that of the shares read.
    error InvalidShares(uint256 sharesBps, uint256 sumBps);

    /// @notice Declares who insures a policy period. Emits an {InsurersDeclared} event.
    /// Requirements:
    /// - not paused; the caller is a registered actor with the treasurer role;
    /// - `programme` exists; `policyPeriod` is declared;
    /// - its insurers are not declared yet, and none of its claims was ever paid;
    /// - 1 to 16 shares, each at least 1, that sum to exactly 10000;
    /// - `document` is not zero.
    function declareInsurers(
        ProgrammeId programme,
        PeriodNumber policyPeriod,
        uint256 sharesBps,
        bytes32 document
    ) external;
}
