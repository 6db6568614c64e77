/**
 * A small platform for the client's tests. It speaks the catalogue's contract and refuses whatever
 * the contract does not have: members, parameters, headers.
 */
@NullMarked
package dev.slipway.cli.fake;

import org.jspecify.annotations.NullMarked;
