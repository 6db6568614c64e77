package dev.slipway.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A fault of one request field.
 *
 * @param field the member, parameter or header as the client wrote it, nested members joined by
 *     dots
 * @param message what is wrong with it, for people
 */
@ProviderType
public record FieldError(String field, String message) {}
