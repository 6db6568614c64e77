/**
 * Leads deployments from stage to stage, as runs of the engine, and looks after those that no event
 * has moved.
 */
@NullMarked
package dev.slipway.deployments.service.course;

import org.jspecify.annotations.NullMarked;
