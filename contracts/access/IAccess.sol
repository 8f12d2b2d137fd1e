// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ActorId} from "../books/Ids.sol";

/// @title Who may act
/// @notice Roles are granted by the default admin, whose transfer takes two steps and a delay. An actor is a
///         person or institution with one key; records name actors by id.
interface IAccess {
    /// @notice `account` acts as `actor` from now on.
    event ActorRegistered(ActorId indexed actor, address indexed account);

    /// @notice The account is registered as an actor already.
    error ActorAlreadyRegistered(ActorId actor);
    /// @notice The account acts but was never registered as an actor.
    error UnknownActor(address account);
    error ZeroAccount();

    /// @notice Gives `account` an actor id. Emits an {ActorRegistered} event.
    /// Requirements:
    /// - the caller is the default admin;
    /// - `account` is not zero;
    /// - `account` is not an actor yet.
    function registerActor(address account) external returns (ActorId actor);

    /// @notice Stops every verb that records money, funds, channels, programmes, periods or claims. What goes on:
    ///         {IProgrammes-closePeriod}, which records only what time has decided, and the admin's registering of
    ///         actors and granting and revoking of roles, so that a stolen key can be shut out. Emits a Paused event.
    /// Requirements:
    /// - the caller has the guardian role.
    function pause() external;

    /// @notice Ends a pause. Emits an Unpaused event.
    /// Requirements:
    /// - the caller is the default admin, so that a lost guardian key cannot stop the books for ever.
    function unpause() external;
}
