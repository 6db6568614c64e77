/** Mail to people: queued with the change that causes it, rendered and sent by the platform. */
@NullMarked
@Export
@Version("1.0.0")
package dev.slipway.api.mail;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
