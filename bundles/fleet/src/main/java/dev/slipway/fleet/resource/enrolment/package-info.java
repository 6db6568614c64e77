/** Operations on install tokens, the install script and provisioning. */
@NullMarked
package dev.slipway.fleet.resource.enrolment;

import org.jspecify.annotations.NullMarked;
