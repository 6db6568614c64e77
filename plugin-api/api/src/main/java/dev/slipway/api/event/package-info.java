/**
 * The event log: publishing inside a transaction, reading with a cursor, waking up across nodes.
 */
@NullMarked
@Export
@Version("1.0.0")
package dev.slipway.api.event;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
