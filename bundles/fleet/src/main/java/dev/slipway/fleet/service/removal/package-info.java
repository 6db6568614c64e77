/** How servers go, and what is left over on them. */
@NullMarked
package dev.slipway.fleet.service.removal;

import org.jspecify.annotations.NullMarked;
