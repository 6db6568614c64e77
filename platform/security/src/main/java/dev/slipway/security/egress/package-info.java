/** Outgoing HTTP to checked addresses only. */
@NullMarked
package dev.slipway.security.egress;

import org.jspecify.annotations.NullMarked;
