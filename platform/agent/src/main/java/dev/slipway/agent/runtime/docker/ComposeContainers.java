package dev.slipway.agent.runtime.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Network;
import dev.slipway.agent.runtime.RuntimeRefusal;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The containers, networks and volumes of Compose projects, as the engine has them. */
final class ComposeContainers {
  private static final int FORBIDDEN = 403;
  private static final String MANAGED = "permanu.managed=true";

  private final DockerEngine engine;
  private final Containers containers;

  ComposeContainers(DockerEngine engine, Containers containers) {
    this.engine = engine;
    this.containers = containers;
  }

  /** All of a project, in the order in which they start. */
  List<Container> of(String project) throws RuntimeRefusal, IOException {
    return containers.all().stream()
        .filter(container -> project.equals(label(container, ComposePlan.PROJECT)))
        .sorted(Comparator.comparingInt(ComposeContainers::position))
        .toList();
  }

  /** Those of a service that does not answer requests. */
  List<Container> helpers(String project, String service) throws RuntimeRefusal, IOException {
    return of(project).stream()
        .filter(container -> !isPrimary(container))
        .filter(container -> service.equals(label(container, ComposePlan.SERVICE)))
        .toList();
  }

  Optional<Container> named(String project, String name) throws RuntimeRefusal, IOException {
    return of(project).stream().filter(c -> Containers.nameOf(c).equals(name)).findFirst();
  }

  static String label(Container container, String label) {
    return container.getLabels().getOrDefault(label, "");
  }

  static boolean isPrimary(Container container) {
    return label(container, ComposePlan.PRIMARY).equals("true");
  }

  static boolean isRunning(Container container) {
    return "running".equals(container.getState());
  }

  private static int position(Container container) {
    var text = label(container, ComposePlan.POSITION);
    return text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
  }

  InspectContainerResponse look(String id) throws RuntimeRefusal, IOException {
    return containers.get(id);
  }

  String imageId(String image) throws RuntimeRefusal, IOException {
    return engine.call(() -> engine.calls().inspectImageCmd(image).exec().getId());
  }

  /** Makes a container that does not run yet; returns its id. */
  String create(ComposePlan plan) throws RuntimeRefusal, IOException {
    var create = engine.calls().createContainerCmd(plan.image());
    plan.apply(create);
    var id = engine.call(() -> create.exec().getId());
    var others = plan.service().networks().stream().skip(1).toList();
    for (var network : others) {
      var membership = new ContainerNetwork().withAliases(List.of(plan.service().name()));
      engine.call(
          () ->
              engine
                  .calls()
                  .connectToNetworkCmd()
                  .withContainerId(id)
                  .withNetworkId(ComposePlan.prefix(plan.order().project()) + network)
                  .withContainerNetwork(membership)
                  .exec());
    }
    return id;
  }

  void start(String id) throws RuntimeRefusal, IOException {
    engine.call(() -> engine.calls().startContainerCmd(id).exec());
  }

  /** Gives it the time that it was made with; nothing happens where somebody has removed it. */
  void stop(String id) throws RuntimeRefusal, IOException {
    engine.call(
        () -> {
          try {
            return engine.calls().stopContainerCmd(id).exec();
          } catch (NotFoundException | NotModifiedException e) {
            return null;
          }
        });
  }

  /** Anonymous volumes go along; those with a name stay. */
  void remove(String id) throws RuntimeRefusal, IOException {
    engine.call(
        () -> {
          try {
            return engine
                .calls()
                .removeContainerCmd(id)
                .withForce(true)
                .withRemoveVolumes(true)
                .exec();
          } catch (NotFoundException e) {
            return null;
          }
        });
  }

  void ensureNetwork(String project, String slug, String name, boolean internal)
      throws RuntimeRefusal, IOException {
    var full = ComposePlan.prefix(project) + name;
    if (!networks(ofProject(project)).contains(full)) {
      engine.call(
          () ->
              engine
                  .calls()
                  .createNetworkCmd()
                  .withName(full)
                  .withDriver("bridge")
                  .withInternal(internal)
                  .withCheckDuplicate(true)
                  .withLabels(labels(project, slug))
                  .exec());
    }
  }

  void ensureVolume(String project, String slug, String name) throws RuntimeRefusal, IOException {
    // The engine answers with the one that is there.
    engine.call(
        () ->
            engine
                .calls()
                .createVolumeCmd()
                .withName(ComposePlan.prefix(project) + name)
                .withLabels(labels(project, slug))
                .exec());
  }

  private static Map<String, String> labels(String project, String slug) {
    return Map.of(
        ComposePlan.PROJECT, project, ContainerPlan.APP_LABEL, slug, "permanu.managed", "true");
  }

  /** Somebody else on the host may run a project of that name by other means. */
  private static List<String> ofProject(String project) {
    return List.of(ComposePlan.PROJECT + "=" + project, MANAGED);
  }

  private List<String> networks(List<String> labels) throws RuntimeRefusal, IOException {
    return engine
        .call(() -> engine.calls().listNetworksCmd().withFilter("label", labels).exec())
        .stream()
        .map(Network::getName)
        .toList();
  }

  void removeNetworks(String project, Collection<String> keep) throws RuntimeRefusal, IOException {
    var kept = keep.stream().map(name -> ComposePlan.prefix(project) + name).toList();
    for (var network : networks(ofProject(project))) {
      if (!kept.contains(network)) {
        removeNetwork(network);
      }
    }
  }

  /** One that a container is still in stays until the next time. */
  private void removeNetwork(String name) throws RuntimeRefusal, IOException {
    engine.call(
        () -> {
          try {
            return engine.calls().removeNetworkCmd(name).exec();
          } catch (NotFoundException | ConflictException e) {
            return null;
          } catch (DockerException e) {
            // What newer engines say with a conflict, older ones forbid.
            if (e.getHttpStatus() != FORBIDDEN) {
              throw e;
            }
            return null;
          }
        });
  }

  /** The volumes of a project; one that a container still uses stays. */
  void removeVolumes(String project) throws RuntimeRefusal, IOException {
    removeVolumes(ofProject(project));
  }

  private void removeVolumes(List<String> labels) throws RuntimeRefusal, IOException {
    var found =
        engine
            .call(() -> engine.calls().listVolumesCmd().withFilter("label", labels).exec())
            .getVolumes();
    for (var volume : found) {
      new EngineObjects(engine, "").removeVolumeUnlessUsed(volume.getName());
    }
  }

  /** What an app has left besides its containers. */
  void removeRest(String slug, boolean volumes) throws RuntimeRefusal, IOException {
    var labels = List.of(ContainerPlan.APP_LABEL + "=" + slug, ComposePlan.PROJECT, MANAGED);
    for (var network : networks(labels)) {
      removeNetwork(network);
    }
    if (volumes) {
      removeVolumes(labels);
    }
  }
}
