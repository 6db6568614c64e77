/**
 * What the capabilities below this package have in common: addresses, names, tokens, mail, who
 * stands behind a credential. Each capability is a package of its own; they use each other in one
 * direction.
 */
@NullMarked
package dev.slipway.accounts.service;

import org.jspecify.annotations.NullMarked;
