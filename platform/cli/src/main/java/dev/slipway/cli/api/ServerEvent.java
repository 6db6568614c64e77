package dev.slipway.cli.api;

/**
 * One server-sent event.
 *
 * @param id empty when the stream has given none yet
 * @param name {@code message} unless the platform says otherwise
 */
public record ServerEvent(String id, String name, String data) {}
