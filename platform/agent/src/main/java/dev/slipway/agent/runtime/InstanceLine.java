package dev.slipway.agent.runtime;

/**
 * One line that an instance wrote.
 *
 * @param timestampNanos Unix time of its reading
 * @param slug of the app, may be empty
 * @param process which of the app's processes wrote it, may be empty
 * @param service of a Compose file; empty where it is no part of one
 */
public record InstanceLine(
    long timestampNanos,
    String instance,
    String instanceId,
    String slug,
    String process,
    String service,
    String image,
    boolean error,
    String text) {}
