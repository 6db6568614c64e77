/**
 * Log lines of builds, deployments and running apps. Owns {@code logs_line}, partitioned by day.
 * Features that bring things to run read and add lines through {@link dev.slipway.logs.Logs}.
 */
@NullMarked
@Export
@Version("1.0.0")
package dev.slipway.logs;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
