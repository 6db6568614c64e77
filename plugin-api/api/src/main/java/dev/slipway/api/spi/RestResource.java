package dev.slipway.api.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Marks a Jakarta REST resource class. Registered as an OSGi service it becomes part of the API as
 * long as it is registered: at its own path for a feature bundle, below {@code
 * /api/plugins/{pluginId}} for a plugin.
 */
@ConsumerType
public interface RestResource {}
