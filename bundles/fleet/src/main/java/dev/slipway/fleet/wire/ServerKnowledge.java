package dev.slipway.fleet.wire;

import dev.slipway.fleet.AppContainers;
import dev.slipway.fleet.AppContainers.AppContainer;
import dev.slipway.fleet.ServerRoutes;
import dev.slipway.fleet.service.AgentAccess.Agent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What other bundles know about a server and its agent wants to be told. */
@Component(service = ServerKnowledge.class)
public final class ServerKnowledge {
  private static final Logger LOG = LoggerFactory.getLogger(ServerKnowledge.class);
  private static final int REMEMBERED = 2_000;

  private final List<AppContainers> containers = new CopyOnWriteArrayList<>();
  private final List<ServerRoutes> routes = new CopyOnWriteArrayList<>();
  private final Map<UUID, List<AppContainer>> last =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, List<AppContainer>> eldest) {
              return size() > REMEMBERED;
            }
          });

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public void addContainers(AppContainers source) {
    containers.add(source);
  }

  public void removeContainers(AppContainers source) {
    containers.remove(source);
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
   * say it is told the same as last time.
   */
  List<AppContainer> containers(Agent agent) {
    if (containers.isEmpty()) {
      return last.getOrDefault(agent.serverId(), List.of());
    }
    try {
      var all =
          containers.stream()
              .flatMap(source -> source.on(agent.tenantId(), agent.serverId()).stream())
              .toList();
      last.put(agent.serverId(), all);
      return all;
    } catch (RuntimeException failure) {
      // Another bundle's code must not cost a server its heartbeat.
      LOG.error("the app containers of server {} are not known", agent.serverId(), failure);
      return last.getOrDefault(agent.serverId(), List.of());
    }
  }

  /** All routes of a server. */
  List<ServerRoutes.Route> routes(Agent agent) {
    return routes.stream()
        .flatMap(source -> source.on(agent.tenantId(), agent.serverId()).stream())
        .toList();
  }
}
