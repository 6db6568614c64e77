/**
 * The program that runs tenants' JavaScript: a small JVM of its own that knows nothing of the
 * platform, has no network and no files to write, and speaks to its host over standard input and
 * output only. One script at a time, a new context for each, and limits on all that it uses. What
 * no limit inside a JVM ends, the host ends by killing the process.
 *
 * <p>The engine stands behind {@link dev.slipway.scriptworker.ScriptEngine}, so that another one
 * can take its place.
 */
@NullMarked
package dev.slipway.scriptworker;

import org.jspecify.annotations.NullMarked;
