/** The audit log: reading it, and the chain of hashes that shows whether anybody changed it. */
@NullMarked
package dev.slipway.security.audit;

import org.jspecify.annotations.NullMarked;
