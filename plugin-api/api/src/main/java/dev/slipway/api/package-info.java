/**
 * The vocabulary every bundle shares: who calls, on whose behalf, which operation, which page, and
 * how a refusal is said. Nothing in here knows a feature. Plain JDK types only, so that a plugin
 * compiles against this jar and nothing else.
 */
@NullMarked
@Export
@Version("1.2.0")
package dev.slipway.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
