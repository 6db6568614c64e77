/**
 * Runs the jobs that bundles register, each on one node at a time.
 *
 * <p>Owns the table {@code jobs_execution}: one row per job name, kept while the job's bundle is
 * stopped, updated or gone. Nothing of a bundle is stored in it but that name.
 */
@NullMarked
package dev.slipway.jobs;

import org.jspecify.annotations.NullMarked;
