/**
 * What tests of bundles and plugins need: a real PostgreSQL per test run with a database per class,
 * and the platform's store, events, security and HTTP around the code under test, without a
 * framework.
 */
@NullMarked
@Export
@Version("1.0.0")
package dev.slipway.testkit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
