package dev.slipway.agent.runtime.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import dev.slipway.agent.logs.Masking;
import dev.slipway.agent.runtime.InstanceEvents;
import dev.slipway.agent.runtime.InstanceLine;
import dev.slipway.agent.runtime.RuntimeRefusal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the containers: tells of each that came, went or changed its state, and carries the
 * output of the running ones to the control plane. Lines that were written while no agent ran stay
 * with the engine; they are not sent later.
 */
final class ContainerTails implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerTails.class);
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final int LOOKS_PER_MEASURE = 5;
  private static final int MOST_TAILS = 500;

  private final DockerEngine engine;
  private final Containers containers;
  private final ContainerUsage usage;
  private final InstanceEvents events;
  private final Instant began = Instant.now();
  private final Map<String, FrameLines> tails = new ConcurrentHashMap<>();
  private final Thread watcher;
  private Map<String, String> states = Map.of();

  ContainerTails(
      DockerEngine engine, Containers containers, ContainerUsage usage, InstanceEvents events) {
    this.engine = engine;
    this.containers = containers;
    this.usage = usage;
    this.events = events;
    watcher = Thread.ofPlatform().daemon().name("containers").start(this::watch);
  }

  private void watch() {
    try {
      for (int look = 0; true; look++) {
        look(look % LOOKS_PER_MEASURE == 0);
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(boolean measure) throws InterruptedException {
    try {
      var all = containers.all();
      var running = all.stream().filter(c -> "running".equals(c.getState())).toList();
      tellChanges(all);
      for (var container : running) {
        if (!tails.containsKey(container.getId()) && tails.size() < MOST_TAILS) {
          tail(container);
        }
      }
      dropEnded(running);
      if (measure) {
        usage.measure(running);
      }
    } catch (IOException | RuntimeRefusal e) {
      LOG.debug("The containers cannot be listed", e);
    }
  }

  private void tellChanges(List<Container> all) {
    var now = new HashMap<String, String>();
    all.forEach(c -> now.put(Containers.nameOf(c), c.getId() + c.getState()));
    var names = new HashSet<>(now.keySet());
    names.addAll(states.keySet());
    for (var name : names) {
      if (!now.getOrDefault(name, "").equals(states.getOrDefault(name, ""))) {
        events.changed(name);
      }
    }
    states = now;
  }

  private void dropEnded(List<Container> running) throws IOException {
    Set<String> ids = new HashSet<>();
    running.forEach(c -> ids.add(c.getId()));
    for (var id : Set.copyOf(tails.keySet())) {
      if (!ids.contains(id)) {
        var ended = tails.remove(id);
        if (ended != null) {
          ended.close();
        }
      }
    }
  }

  private void tail(Container container) throws RuntimeRefusal, IOException {
    var details = containers.get(container.getId());
    var lines = lines(container, details, Masking.of(containers.secretsOf(details)));
    var started = Containers.startOf(details);
    tails.put(container.getId(), lines);
    engine.call(
        () ->
            engine
                .streams()
                .logContainerCmd(container.getId())
                .withStdOut(true)
                .withStdErr(true)
                .withFollowStream(true)
                .withSince((int) Math.max(started.getEpochSecond(), began.getEpochSecond()))
                .exec(lines));
  }

  private FrameLines lines(Container container, InspectContainerResponse details, Masking masking) {
    var name = Containers.nameOf(container);
    var slug = container.getLabels().getOrDefault(ContainerPlan.APP_LABEL, "");
    var process = container.getLabels().getOrDefault(ContainerPlan.PROCESS_LABEL, "");
    var image = String.valueOf(details.getConfig().getImage());
    var service = container.getLabels().getOrDefault(ComposePlan.SERVICE, "");
    return new FrameLines(
        (error, text) -> {
          var now = Instant.now();
          events.line(
              new InstanceLine(
                  now.getEpochSecond() * 1_000_000_000L + now.getNano(),
                  name,
                  container.getId(),
                  slug,
                  process,
                  service,
                  image,
                  error,
                  masking.apply(text)));
        });
  }

  /** Ends the watch and all tails. */
  @Override
  public void close() {
    watcher.interrupt();
    for (var tail : tails.values()) {
      try {
        tail.close();
      } catch (IOException e) {
        LOG.debug("A tail was closed badly", e);
      }
    }
  }
}
