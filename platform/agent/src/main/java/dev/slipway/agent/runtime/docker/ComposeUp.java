package dev.slipway.agent.runtime.docker;

import com.github.dockerjava.api.model.Container;
import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.runtime.ComposeOrder;
import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.compose.ComposeFault;
import dev.slipway.compose.ComposeFile;
import dev.slipway.compose.EnvFileText;
import dev.slipway.compose.Service;
import dev.slipway.compose.Service.Condition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings the services of one version up. A service about which nothing has changed is kept as it
 * runs; a changed one is replaced, and comes back where its successor does not get as far as the
 * others need it. What answers requests starts beside the version before, which goes on serving.
 */
final class ComposeUp {
  private final ComposeContainers containers;
  private final ComposeWait wait;
  private final ComposeOrder order;
  private final ComposeReleases.Release release;
  private final LineSink progress;
  private final Set<String> begun;
  private final ComposeFile file;
  private final List<String> helpers = new ArrayList<>();

  /**
   * @param begun ids of the containers that have been started for this version just now; what is
   *     started joins them
   */
  ComposeUp(
      ComposeContainers containers,
      ComposeWait wait,
      ComposeOrder order,
      ComposeReleases.Release release,
      Set<String> begun,
      LineSink progress)
      throws ComposeFault {
    this.containers = containers;
    this.wait = wait;
    this.order = order;
    this.release = release;
    this.begun = begun;
    this.progress = progress;
    // Everything is built: what stands under build has no meaning any more.
    file = ComposeFile.parse(release.text(), order.variables(), order.variables());
  }

  /** Starts the version; returns the names of the containers that answer no requests. */
  List<String> run() throws ComposeFault, RuntimeRefusal, IOException, InterruptedException {
    bring(true);
    return List.copyOf(helpers);
  }

  /**
   * Makes the services that answer no requests what this version wants them to be, and removes what
   * it does not know; what answers requests is left alone.
   */
  List<String> settle() throws ComposeFault, RuntimeRefusal, IOException, InterruptedException {
    bring(false);
    for (var container : containers.of(order.project())) {
      var name = Containers.nameOf(container);
      if (!ComposeContainers.isPrimary(container) && !helpers.contains(name)) {
        progress.line("removing " + name);
        containers.stop(container.getId());
        containers.remove(container.getId());
      }
    }
    containers.removeNetworks(order.project(), file.networks().keySet());
    return List.copyOf(helpers);
  }

  private void bring(boolean primaryToo)
      throws ComposeFault, RuntimeRefusal, IOException, InterruptedException {
    var primary = file.requirePrimary().name();
    for (var network : file.networks().entrySet()) {
      containers.ensureNetwork(order.project(), order.slug(), network.getKey(), network.getValue());
    }
    for (var volume : file.volumes()) {
      containers.ensureVolume(order.project(), order.slug(), volume);
    }
    int position = 0;
    for (var service : file.services().values()) {
      boolean isPrimary = service.name().equals(primary);
      if (!isPrimary || primaryToo) {
        var plan = plan(service, isPrimary, position);
        if (isPrimary) {
          bringPrimary(plan);
        } else {
          helpers.add(bringHelper(plan));
        }
      }
      position++;
    }
  }

  private ComposePlan plan(Service service, boolean primary, int position)
      throws ComposeFault, RuntimeRefusal, IOException {
    var environment = new LinkedHashMap<String, String>();
    if (primary) {
      environment.put("PORT", Integer.toString(order.port()));
    }
    for (var envFile : service.process().envFiles()) {
      var text = release.envFiles().get(envFile.path());
      if (text != null) {
        environment.putAll(EnvFileText.parse(envFile.path(), text));
      }
    }
    environment.putAll(service.process().environment());
    return new ComposePlan(
        order,
        service,
        primary ? order.instance() : order.instance() + "-" + service.name(),
        containers.imageId(ComposeImages.tag(order.imageTag(), service.name())),
        environment,
        primary,
        position);
  }

  /** Beside those of other versions, which are not touched. */
  private void bringPrimary(ComposePlan plan)
      throws RuntimeRefusal, IOException, InterruptedException {
    var there = containers.named(order.project(), plan.name());
    if (there.isPresent() && isSame(there.get(), plan)) {
      if (!ComposeContainers.isRunning(there.get())) {
        start(there.get().getId());
      }
    } else {
      replace(plan, there.stream().toList());
    }
  }

  /** Returns the name of the container that serves. */
  private String bringHelper(ComposePlan plan)
      throws RuntimeRefusal, IOException, InterruptedException {
    var there = containers.helpers(order.project(), plan.service().name());
    var kept = there.stream().filter(container -> isSame(container, plan)).findFirst();
    if (kept.isEmpty()) {
      replace(plan, there);
      return plan.name();
    }
    if (!ComposeContainers.isRunning(kept.get()) && !hasDoneItsWork(kept.get(), plan.service())) {
      start(kept.get().getId());
    }
    wait.until(plan.service(), kept.get().getId(), needed(plan.service()));
    return Containers.nameOf(kept.get());
  }

  private static boolean isSame(Container container, ComposePlan plan) {
    return ComposeContainers.label(container, ComposePlan.HASH).equals(plan.hash());
  }

  /**
   * One that was to end, and has ended well. How it ended does not tell alone: a database that is
   * stopped, or whose host is, ends as well as a migration does. So others have to wait for its
   * end, or it has been started just now and nobody has stopped it.
   */
  private boolean hasDoneItsWork(Container container, Service service)
      throws RuntimeRefusal, IOException {
    if (needed(service) != Condition.COMPLETED && !begun.contains(container.getId())) {
      return false;
    }
    var details = containers.look(container.getId());
    var restart = details.getHostConfig().getRestartPolicy();
    return "exited".equals(container.getState())
        && Objects.equals(details.getState().getExitCodeLong(), 0L)
        && (restart == null || restart.getName().isEmpty() || restart.getName().equals("no"));
  }

  private void start(String id) throws RuntimeRefusal, IOException {
    containers.start(id);
    begun.add(id);
  }

  /** Two of them at once could write to the same volume: the old one ends first. */
  private void replace(ComposePlan plan, List<Container> before)
      throws RuntimeRefusal, IOException, InterruptedException {
    progress.line((before.isEmpty() ? "starting " : "replacing ") + plan.service().name());
    for (var old : before) {
      if (ComposeContainers.isRunning(old)) {
        containers.stop(old.getId());
      }
    }
    var sameName = before.stream().filter(c -> Containers.nameOf(c).equals(plan.name())).toList();
    for (var old : sameName) {
      containers.remove(old.getId());
    }
    var rest = before.stream().filter(old -> !sameName.contains(old)).toList();
    boolean done = false;
    @Nullable String id = null;
    try {
      id = containers.create(plan);
      start(id);
      wait.until(plan.service(), id, needed(plan.service()));
      done = true;
    } finally {
      if (!done) {
        putBack(id, rest);
      }
    }
    for (var old : rest) {
      containers.remove(old.getId());
    }
  }

  private void putBack(@Nullable String failed, List<Container> before)
      throws RuntimeRefusal, IOException {
    if (failed != null) {
      containers.remove(failed);
    }
    for (var old : before) {
      if (ComposeContainers.isRunning(old)) {
        containers.start(old.getId());
      }
    }
  }

  /** The most that a service behind it needs of it. */
  private Condition needed(Service service) {
    var most = Condition.STARTED;
    for (var other : file.services().values()) {
      var asked = other.dependsOn().get(service.name());
      if (asked != null && asked.compareTo(most) > 0) {
        most = asked;
      }
    }
    return most;
  }
}
