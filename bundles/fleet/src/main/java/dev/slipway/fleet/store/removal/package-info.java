/** What was left over on servers as rows. */
@NullMarked
package dev.slipway.fleet.store.removal;

import org.jspecify.annotations.NullMarked;
