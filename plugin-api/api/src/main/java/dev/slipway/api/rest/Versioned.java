package dev.slipway.api.rest;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A response body with a version: the platform sends it as a strong {@code ETag} and answers 304 to
 * a matching {@code If-None-Match}. On writes the service compares {@code If-Match} with it.
 */
@ConsumerType
public interface Versioned {
  /** The version of what is shown; changes with every edit. */
  long etag();
}
