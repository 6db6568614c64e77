/** Policies, votes, and why deployments wait, as rows. */
@NullMarked
package dev.slipway.deployments.store.approval;

import org.jspecify.annotations.NullMarked;
