/** Operations that remove servers and what is left over. */
@NullMarked
package dev.slipway.fleet.resource.removal;

import org.jspecify.annotations.NullMarked;
