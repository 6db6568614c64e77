package dev.slipway.agent.runtime.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import com.github.dockerjava.api.model.Service;
import com.github.dockerjava.api.model.ServiceSpec;
import com.github.dockerjava.api.model.SwarmNode;
import com.github.dockerjava.api.model.Task;
import dev.slipway.agent.runtime.RuntimeRefusal;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The swarm that the engine is a manager of: what stacks there have, and what is done to it. */
final class Swarm {
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final DockerEngine engine;

  Swarm(DockerEngine engine) {
    this.engine = engine;
  }

  void requireManager() throws RuntimeRefusal, IOException {
    var swarm = engine.call(() -> engine.calls().infoCmd().exec().getSwarm());
    if (swarm == null || !Boolean.TRUE.equals(swarm.getControlAvailable())) {
      throw new RuntimeRefusal("the engine of this server is no manager of a swarm");
    }
  }

  /** Those of a stack, by name. */
  List<Service> services(String stack) throws RuntimeRefusal, IOException {
    var labels = Map.of(StackPlan.STACK, stack);
    return engine
        .call(() -> engine.calls().listServicesCmd().withLabelFilter(labels).exec())
        .stream()
        .sorted(Comparator.comparing((Service service) -> service.getSpec().getName()))
        .toList();
  }

  Optional<Service> service(String id) throws RuntimeRefusal, IOException {
    return engine.call(
        () -> {
          try {
            return Optional.of(engine.calls().inspectServiceCmd(id).exec());
          } catch (NotFoundException e) {
            return Optional.empty();
          }
        });
  }

  /** Those of a stack, also such as have ended. */
  List<Task> tasks(String stack) throws RuntimeRefusal, IOException {
    var label = StackPlan.STACK + "=" + stack;
    return engine.call(() -> engine.calls().listTasksCmd().withLabelFilter(label).exec());
  }

  /** Host names of nodes by their ids. */
  Map<String, String> nodes() throws RuntimeRefusal, IOException {
    return engine.call(() -> engine.calls().listSwarmNodesCmd().exec()).stream()
        .collect(Collectors.toMap(SwarmNode::getId, node -> node.getDescription().getHostname()));
  }

  List<Network> networks(String stack) throws RuntimeRefusal, IOException {
    var labels = List.of(StackPlan.STACK + "=" + stack);
    return engine.call(() -> engine.calls().listNetworksCmd().withFilter("label", labels).exec());
  }

  void createNetwork(String stack, String name, boolean internal)
      throws RuntimeRefusal, IOException {
    engine.call(
        () ->
            engine
                .calls()
                .createNetworkCmd()
                .withName(name)
                .withDriver("overlay")
                .withInternal(internal)
                .withCheckDuplicate(true)
                .withLabels(StackPlan.labels(stack))
                .exec());
  }

  void removeNetwork(String id) throws RuntimeRefusal, IOException {
    engine.call(
        () -> {
          try {
            return engine.calls().removeNetworkCmd(id).exec();
          } catch (NotFoundException e) {
            return null;
          }
        });
  }

  /** Returns its id. */
  String create(ServiceSpec spec) throws RuntimeRefusal, IOException {
    return engine.call(() -> engine.calls().createServiceCmd(spec).exec().getId());
  }

  void update(Service service, ServiceSpec spec) throws RuntimeRefusal, IOException {
    engine.call(
        () ->
            engine
                .calls()
                .updateServiceCmd(service.getId(), spec)
                .withVersion(service.getVersion().getIndex())
                .exec());
  }

  void remove(Service service) throws RuntimeRefusal, IOException {
    engine.call(
        () -> {
          try {
            return engine.calls().removeServiceCmd(service.getId()).exec();
          } catch (NotFoundException e) {
            return null;
          }
        });
  }

  /** Has a service be what it was before its last change. The client has no words for that. */
  void rollBack(Service service) throws RuntimeRefusal, IOException {
    var path = "/services/" + service.getId();
    var now = engine.ask("GET", path, null);
    var version = now.path("Version").path("Index").asLong();
    engine.ask(
        "POST",
        path + "/update?version=" + version + "&rollback=previous",
        JSON.writeValueAsBytes(now.path("Spec")));
  }

  /** What a service was before its last change, as long as it can be that again. */
  static Optional<ServiceSpec> before(Service service) {
    var spec = service.getRawValues().get("PreviousSpec");
    try {
      return spec == null
          ? Optional.empty()
          : Optional.of(JSON.treeToValue(JSON.valueToTree(spec), ServiceSpec.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a service was something that no service can be", e);
    }
  }

  /** The digest that a registry has for the name of an image. */
  String digest(String image) throws RuntimeRefusal, IOException {
    return engine
        .ask("GET", "/distribution/" + image + "/json", null)
        .path("Descriptor")
        .path("digest")
        .asText();
  }
}
