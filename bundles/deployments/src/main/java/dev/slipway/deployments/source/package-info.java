/**
 * Source code that the platform keeps itself: folders that were uploaded, as commits in a bare
 * repository per app, and the way for agents to clone them.
 */
@NullMarked
package dev.slipway.deployments.source;

import org.jspecify.annotations.NullMarked;
