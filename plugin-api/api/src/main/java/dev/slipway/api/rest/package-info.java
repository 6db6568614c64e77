/**
 * How a resource of any bundle joins the platform's REST API: marks of operations, limits, streams.
 */
@NullMarked
@Export
@Version("1.3.0")
package dev.slipway.api.rest;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
