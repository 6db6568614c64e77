/** What is taken down, or goes along, when an app, an environment or a server goes. */
@NullMarked
package dev.slipway.deployments.service.teardown;

import org.jspecify.annotations.NullMarked;
