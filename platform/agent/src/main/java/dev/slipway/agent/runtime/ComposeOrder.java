package dev.slipway.agent.runtime;

import java.util.Map;

/**
 * A version of an app that a Compose file describes.
 *
 * @param project what the containers of all its versions have in common
 * @param instance name of the container that answers requests; those of the other services begin
 *     with it
 * @param imageTag what the version was built as; the images of its services begin with it
 * @param port where the container that answers requests listens
 * @param variables what is filled in where the file names a variable
 * @param limits of each service for which the file says nothing
 */
public record ComposeOrder(
    String project,
    String slug,
    String instance,
    String imageTag,
    int port,
    Map<String, String> variables,
    Map<String, String> labels,
    DeployOrder.Limits limits) {}
