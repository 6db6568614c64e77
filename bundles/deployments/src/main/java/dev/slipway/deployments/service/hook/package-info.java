/** The doors for other systems: deploy hooks, webhooks of GitHub, deploy tokens. */
@NullMarked
package dev.slipway.deployments.service.hook;

import org.jspecify.annotations.NullMarked;
