/** Kinds of services that tenants launch on their servers. */
@NullMarked
@Export
@Version("1.0.0")
package dev.slipway.api.service;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
