package dev.slipway.agent.runtime;

import dev.slipway.agent.source.ComposeSource;
import java.util.List;
import java.util.Map;

/**
 * The images of a Compose file to make.
 *
 * @param imageTag the version; the image of each service has its name behind it
 * @param port where the service that answers requests has to listen
 * @param variables of the run, which the file must do with
 * @param buildVariables what is filled in under {@code build}
 * @param logins for the images that are pulled or built on
 */
public record ComposeBuild(
    ComposeSource source,
    String imageTag,
    String slug,
    int port,
    Map<String, String> variables,
    Map<String, String> buildVariables,
    boolean noCache,
    List<RegistryLogin> logins) {}
