package dev.slipway.agent.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Shell commands to run once in an image, before its instances start.
 *
 * @param limit for each command
 */
public record ReleaseOrder(
    String imageTag, List<String> commands, Map<String, String> environment, Duration limit) {}
