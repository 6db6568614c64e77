/**
 * Source code that the platform keeps itself: folders that were uploaded and commits that were
 * pushed, in a bare repository per app, and the way for agents and members to clone them.
 */
@NullMarked
package dev.slipway.deployments.source;

import org.jspecify.annotations.NullMarked;
