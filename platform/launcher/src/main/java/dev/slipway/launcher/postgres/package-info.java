/**
 * Starts, supervises and stops a real PostgreSQL server as a child process, from binaries that
 * travel on the class path. Used by the launcher for the default database and by tests, which thus
 * meet the same server as production.
 */
@NullMarked
package dev.slipway.launcher.postgres;

import org.jspecify.annotations.NullMarked;
