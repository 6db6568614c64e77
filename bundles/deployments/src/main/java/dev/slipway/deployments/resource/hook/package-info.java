/** Operations on deploy hooks and deploy tokens, and what hooks are called by. */
@NullMarked
package dev.slipway.deployments.resource.hook;

import org.jspecify.annotations.NullMarked;
