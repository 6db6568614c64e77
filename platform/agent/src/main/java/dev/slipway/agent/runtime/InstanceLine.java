package dev.slipway.agent.runtime;

/**
 * One line that an instance wrote.
 *
 * @param timestampNanos Unix time of its reading
 * @param slug of the app, may be empty
 * @param service of a Compose file; empty where it is no part of one
 */
public record InstanceLine(
    long timestampNanos,
    String instance,
    String instanceId,
    String slug,
    String service,
    String image,
    boolean error,
    String text) {}
