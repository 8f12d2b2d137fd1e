// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

// Coarse public codes. The ledger carries no free text.

enum ProgrammeKind {
    Insurance,
    Aid
}

enum BenefitKind {
    Cash,
    Service,
    Device
}

enum ExpenseKind {
    Administration,
    ChannelFee,
    FieldWork,
    FundRaising,
    Audit,
    Other
}

/// @dev `None` is the state of a claim that does not exist. Rejected, Withdrawn, Cancelled and OnHold are the
///      states that the remaining claim verbs reach.
enum ClaimState {
    None,
    Filed,
    Approved,
    Paid,
    Rejected,
    Withdrawn,
    Cancelled,
    OnHold
}
