/**
 * Apps as plain processes: images are directory snapshots, instances are process groups with their
 * own copy of the image, limits by cgroup where the host grants them, logs in files. Instances
 * outlive the agent and are adopted again by its next start.
 */
@NullMarked
package dev.slipway.agent.runtime.process;

import org.jspecify.annotations.NullMarked;
