package dev.slipway.fleet.wire;

import dev.slipway.api.event.Signals;
import dev.slipway.fleet.AppContainers;
import dev.slipway.fleet.AppContainers.AppContainer;
import dev.slipway.fleet.ServerRoutes;
import dev.slipway.fleet.service.Topics;
import dev.slipway.fleet.service.agent.AgentAccess.Agent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What other bundles know about a server and its agent wants to be told. */
@Component(service = ServerKnowledge.class)
public final class ServerKnowledge {
  private static final Logger LOG = LoggerFactory.getLogger(ServerKnowledge.class);
  private static final int REMEMBERED = 20_000;
  private static final long STIRRED_NANOS = TimeUnit.MINUTES.toNanos(2);
  private static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Signals.Subscription subscription;
  private final List<AppContainers> containers = new CopyOnWriteArrayList<>();
  private final List<ServerRoutes> routes = new CopyOnWriteArrayList<>();
  private final Map<UUID, Known> last =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, Known> eldest) {
              return size() > REMEMBERED;
            }
          });
  private volatile long sourcesChangedAt = System.nanoTime();
  private final Map<UUID, Long> stirred = new ConcurrentHashMap<>();

  /** What was said of a server, and when. */
  private record Known(List<AppContainer> containers, long at) {}

  @Activate
  public ServerKnowledge(@Reference Signals signals) {
    // What runs on a server changes by commands.
    subscription = signals.onPrefix(Topics.WORK, this::stir);
  }

  @Deactivate
  public void close() {
    subscription.close();
  }

  private void stir(String serverId) {
    var now = System.nanoTime();
    stirred.values().removeIf(at -> now - at > STIRRED_NANOS);
    var id = AgentText.id(serverId);
    if (id != null) {
      stirred.put(id, now);
    }
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public void addContainers(AppContainers source) {
    containers.add(source);
    sourcesChangedAt = System.nanoTime();
  }

  public void removeContainers(AppContainers source) {
    containers.remove(source);
    sourcesChangedAt = System.nanoTime();
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public void addRoutes(ServerRoutes source) {
    routes.add(source);
  }

  public void removeRoutes(ServerRoutes source) {
    routes.remove(source);
  }

  /**
   * All app containers of a server. The agent replaces what it knew, so while nobody is there to
   * say it is told the same as last time. Of a server without commands lately that is also done for
   * a minute, since it would be asked with every heartbeat.
   */
  List<AppContainer> containers(Agent agent) {
    var before = last.get(agent.serverId());
    if (containers.isEmpty() || before != null && isCalm(agent.serverId(), before)) {
      return before == null ? List.of() : before.containers();
    }
    try {
      var now = System.nanoTime();
      var all =
          containers.stream()
              .flatMap(source -> source.on(agent.tenantId(), agent.serverId()).stream())
              .toList();
      last.put(agent.serverId(), new Known(all, now));
      return all;
    } catch (RuntimeException failure) {
      // Another bundle's code must not cost a server its heartbeat.
      LOG.error("the app containers of server {} are not known", agent.serverId(), failure);
      return before == null ? List.of() : before.containers();
    }
  }

  private boolean isCalm(UUID serverId, Known known) {
    var now = System.nanoTime();
    var at = stirred.get(serverId);
    return now - known.at() < KEPT_NANOS
        && known.at() > sourcesChangedAt
        && (at == null || now - at > STIRRED_NANOS);
  }

  /** All routes of a server. */
  List<ServerRoutes.Route> routes(Agent agent) {
    return routes.stream()
        .flatMap(source -> source.on(agent.tenantId(), agent.serverId()).stream())
        .toList();
  }
}
