package dev.slipway.agent.runtime.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerNetwork;
import dev.slipway.agent.runtime.RuntimeRefusal;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what containers there are. Only those with a name of the contract are the agent's business.
 */
final class Containers {
  private static final List<String> PREFIXES = List.of("deploy-", "dwaar-", "permanu-");
  private static final Set<String> PLAIN_VARIABLES =
      Set.of("PATH", "HOME", "LANG", "PORT", "HOSTNAME", "TERM");

  private final DockerEngine engine;

  Containers(DockerEngine engine) {
    this.engine = engine;
  }

  List<Container> all() throws RuntimeRefusal, IOException {
    return engine.call(() -> engine.calls().listContainersCmd().withShowAll(true).exec()).stream()
        .filter(c -> PREFIXES.stream().anyMatch(nameOf(c)::startsWith))
        .toList();
  }

  static String nameOf(Container container) {
    var names = container.getNames();
    return names.length == 0 ? "" : names[0].substring(1);
  }

  /** Empty when there is no such container. */
  Optional<InspectContainerResponse> find(String name) throws RuntimeRefusal, IOException {
    return engine.call(
        () -> {
          try {
            return Optional.of(engine.calls().inspectContainerCmd(name).exec());
          } catch (NotFoundException e) {
            return Optional.empty();
          }
        });
  }

  InspectContainerResponse get(String name) throws RuntimeRefusal, IOException {
    return find(name).orElseThrow(() -> new RuntimeRefusal("no such container: " + name));
  }

  /** When it was started last. */
  static Instant startOf(InspectContainerResponse container) {
    var text = container.getState().getStartedAt();
    return text == null || text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
  }

  /** The address in the given network, else in any. */
  static Optional<String> addressOf(InspectContainerResponse container, String network) {
    Map<String, ContainerNetwork> networks = container.getNetworkSettings().getNetworks();
    var preferred = networks.get(network);
    if (preferred != null && !preferred.getIpAddress().isEmpty()) {
      return Optional.of(preferred.getIpAddress());
    }
    return networks.values().stream()
        .map(ContainerNetwork::getIpAddress)
        .filter(ip -> ip != null && !ip.isEmpty())
        .findFirst();
  }

  /** Values of the variables that the deployment, not the image, gave to the container. */
  Set<String> secretsOf(InspectContainerResponse container) throws RuntimeRefusal, IOException {
    var given = variables(container.getConfig().getEnv());
    var image =
        engine.call(
            () -> {
              try {
                var config =
                    engine.calls().inspectImageCmd(container.getImageId()).exec().getConfig();
                return config == null ? new HashSet<String>() : variables(config.getEnv());
              } catch (NotFoundException e) {
                return new HashSet<String>();
              }
            });
    given.removeAll(image);
    var values = new HashSet<String>();
    for (var variable : given) {
      int equals = variable.indexOf('=');
      if (equals > 0 && !PLAIN_VARIABLES.contains(variable.substring(0, equals))) {
        values.add(variable.substring(equals + 1));
      }
    }
    return values;
  }

  private static Set<String> variables(String @Nullable [] environment) {
    return environment == null ? new HashSet<>() : new HashSet<>(Arrays.asList(environment));
  }
}
