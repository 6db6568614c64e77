package dev.slipway.api.service;

import org.osgi.annotation.versioning.ProviderType;

/**
 * How a service is reached by those who use it.
 *
 * @param host name or address
 * @param port the number under which its main container's first port is reached
 * @since 0.1.0
 */
@ProviderType
public record ServiceAddress(String host, int port) {}
