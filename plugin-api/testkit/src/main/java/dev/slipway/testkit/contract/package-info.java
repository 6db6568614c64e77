/**
 * The promises of every operation, written once: who may call it, how it refuses, what it never
 * does. The cases are made from the OpenAPI document of whatever runs, so a new operation is held
 * to them without a new test.
 */
@NullMarked
@Export
@Version("1.0.0")
package dev.slipway.testkit.contract;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
