package dev.slipway.agent.runtime.docker;

import com.github.dockerjava.api.model.Network;
import com.github.dockerjava.api.model.Service;
import com.github.dockerjava.api.model.ServiceSpec;
import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.os.NamedLocks;
import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.agent.runtime.StackOrder;
import dev.slipway.agent.runtime.StackOrder.Resolve;
import dev.slipway.compose.StackService;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stacks of the swarm that the engine is a manager of, named and labelled as {@code docker stack}
 * does it. What somebody else has deployed is shown, and left alone. Thread-safe; work on one stack
 * takes turns.
 */
public final class Stacks {
  private static final Duration DEPLOY_LIMIT = Duration.ofSeconds(300);
  private static final Duration CHANGE_LIMIT = Duration.ofSeconds(120);

  private final Swarm swarm;
  private final StackFiles configs;
  private final StackFiles secrets;
  private final NamedLocks turns = new NamedLocks();

  Stacks(DockerEngine engine) {
    swarm = new Swarm(engine);
    configs = StackFiles.configs(engine);
    secrets = StackFiles.secrets(engine);
  }

  /** Runs a stack; returns what was done for it, line by line. */
  public String deploy(StackOrder order, LineSink progress)
      throws RuntimeRefusal, IOException, InterruptedException {
    swarm.requireManager();
    for (var warning : order.file().warnings()) {
      progress.line("warning: " + warning);
    }
    try (var _ = turns.take(order.name())) {
      return new Deploying(order, progress).run();
    }
  }

  /** Removes a stack, but for its volumes; returns what was done for that, line by line. */
  public String remove(String stack) throws RuntimeRefusal, IOException, InterruptedException {
    swarm.requireManager();
    try (var _ = turns.take(stack)) {
      return removeNow(stack);
    }
  }

  private String removeNow(String stack) throws RuntimeRefusal, IOException, InterruptedException {
    var wait = new StackWait(swarm, stack, CHANGE_LIMIT);
    var services = ownServices(stack);
    var networks = ownNetworks(stack);
    var done = new ArrayList<String>();
    for (var service : services) {
      swarm.remove(service);
      done.add("Removing service " + service.getSpec().getName());
    }
    // Tasks use the rest until they have ended.
    wait.untilGone();
    secrets.removeUnused(stack, List.of());
    configs.removeUnused(stack, List.of());
    for (var network : networks) {
      swarm.removeNetwork(network.getId());
      done.add("Removing network " + network.getName());
    }
    return done.isEmpty() ? "Nothing found in stack: " + stack : String.join("\n", done);
  }

  /** What runs of a stack. */
  public Map<String, Object> status(String stack) throws RuntimeRefusal, IOException {
    swarm.requireManager();
    var services = swarm.services(stack);
    var tasks = swarm.tasks(stack);
    if (services.isEmpty() && tasks.isEmpty()) {
      throw new RuntimeRefusal("nothing found in stack: " + stack);
    }
    return new StackReport(services, tasks, swarm.nodes(), Instant.now()).of(stack);
  }

  /**
   * Has a service be what it was before its last change.
   *
   * @param name in the file, or in the swarm
   */
  public String rollBack(String stack, String name)
      throws RuntimeRefusal, IOException, InterruptedException {
    swarm.requireManager();
    try (var _ = turns.take(stack)) {
      var wait = new StackWait(swarm, stack, CHANGE_LIMIT);
      var services =
          ownServices(stack).stream()
              .collect(Collectors.toMap(each -> each.getSpec().getName(), Function.identity()));
      var service = services.getOrDefault(StackPlan.name(stack, name), services.get(name));
      if (service == null) {
        throw new RuntimeRefusal("no such service in stack " + stack + ": " + name);
      }
      swarm.rollBack(service);
      wait.untilRunning(service.getId(), true);
      return service.getSpec().getName() + " rolled back";
    }
  }

  private List<Service> ownServices(String stack) throws RuntimeRefusal, IOException {
    var services = swarm.services(stack);
    requireOurs(stack, services.stream().map(service -> service.getSpec().getLabels()).toList());
    return services;
  }

  private List<Network> ownNetworks(String stack) throws RuntimeRefusal, IOException {
    var networks = swarm.networks(stack);
    requireOurs(stack, networks.stream().map(Network::getLabels).toList());
    return networks;
  }

  private static void requireOurs(String stack, List<Map<String, String>> labels)
      throws RuntimeRefusal {
    if (!labels.stream().allMatch(StackPlan::isOurs)) {
      throw new RuntimeRefusal("somebody else has deployed the stack " + stack);
    }
  }

  /** One deployment on its way. */
  private final class Deploying {
    private final StackOrder order;
    private final LineSink progress;
    private final StackWait wait;
    private final List<String> done = new ArrayList<>();
    private final Map<String, String> digests = new HashMap<>();

    Deploying(StackOrder order, LineSink progress) {
      this.order = order;
      this.progress = progress;
      wait = new StackWait(swarm, order.name(), DEPLOY_LIMIT);
    }

    String run() throws RuntimeRefusal, IOException, InterruptedException {
      var stack = order.name();
      var file = order.file();
      var before = new TreeMap<String, Service>();
      ownServices(stack).forEach(service -> before.put(service.getSpec().getName(), service));
      if (order.prune()) {
        prune(before);
      }
      ensureNetworks();
      var keptConfigs = configs.keep(stack, file.configs());
      var keptSecrets = secrets.keep(stack, file.secrets());
      var ids = new ArrayList<String>();
      for (var part : file.services().values()) {
        var there = before.get(StackPlan.name(stack, part.service().name()));
        var plan =
            new StackPlan(stack, part, image(part, there), keptConfigs, keptSecrets, forced(there));
        ids.add(bring(plan.spec(), there));
      }
      if (!order.detach()) {
        for (var id : ids) {
          wait.untilRunning(id, false);
        }
      }
      if (order.prune()) {
        removeUnusedFiles();
      }
      return String.join("\n", done);
    }

    private void prune(Map<String, Service> before) throws RuntimeRefusal, IOException {
      for (var service : before.entrySet()) {
        var name = service.getKey().substring(order.name().length() + 1);
        if (!order.file().services().containsKey(name)) {
          swarm.remove(service.getValue());
          done.add("Removing service " + service.getKey());
        }
      }
    }

    private void ensureNetworks() throws RuntimeRefusal, IOException {
      var there =
          ownNetworks(order.name()).stream().map(Network::getName).collect(Collectors.toSet());
      var wanted = new LinkedHashSet<String>();
      order.file().services().values().forEach(part -> wanted.addAll(part.service().networks()));
      for (var network : wanted) {
        var name = StackPlan.name(order.name(), network);
        if (!there.contains(name)) {
          swarm.createNetwork(order.name(), name, order.file().networks().get(network));
          done.add("Creating network " + name);
        }
      }
    }

    private static int forced(@Nullable Service there) {
      var forced = there == null ? null : there.getSpec().getTaskTemplate().getForceUpdate();
      return forced == null ? 0 : forced;
    }

    /** What a node is to run: where a registry answers, the same on all of them. */
    private String image(StackService part, @Nullable Service there)
        throws IOException, InterruptedException {
      var image = String.valueOf(part.service().image());
      boolean changed =
          there == null || !image.equals(there.getSpec().getLabels().get(StackPlan.IMAGE));
      if (!changed && order.resolve() == Resolve.CHANGED) {
        return there.getSpec().getTaskTemplate().getContainerSpec().getImage();
      }
      if (order.resolve() == Resolve.NEVER || image.contains("@")) {
        return image;
      }
      var known = digests.get(image);
      return known == null ? resolved(image) : known;
    }

    private String resolved(String image) throws IOException, InterruptedException {
      var resolved = image;
      try {
        resolved = image + "@" + swarm.digest(image);
      } catch (RuntimeRefusal e) {
        progress.line(
            "warning: no registry has told which image "
                + image
                + " is, nodes may run different ones: "
                + e.getMessage());
      }
      digests.put(image, resolved);
      return resolved;
    }

    private String bring(ServiceSpec spec, @Nullable Service there)
        throws RuntimeRefusal, IOException {
      if (wait.isOver()) {
        throw new RuntimeRefusal("not all services were brought up within the limit");
      }
      if (there == null) {
        done.add("Creating service " + spec.getName());
        return swarm.create(spec);
      }
      swarm.update(there, spec);
      done.add("Updating service " + spec.getName() + " (id: " + there.getId() + ")");
      return there.getId();
    }

    private void removeUnusedFiles() throws RuntimeRefusal, IOException {
      var specs = new ArrayList<ServiceSpec>();
      for (var service : swarm.services(order.name())) {
        specs.add(service.getSpec());
        Swarm.before(service).ifPresent(specs::add);
      }
      configs.removeUnused(order.name(), specs);
      secrets.removeUnused(order.name(), specs);
    }
  }
}
