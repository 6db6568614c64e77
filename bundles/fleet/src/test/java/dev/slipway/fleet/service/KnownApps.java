package dev.slipway.fleet.service;

import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.fleet.Workloads;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Apps on servers as the test placed them. */
public final class KnownApps implements Workloads {
  private record App(UUID tenantId, String name, UUID serverId) {}

  private final Map<UUID, App> apps = new ConcurrentHashMap<>();

  /** Places an app. */
  public UUID add(UUID tenantId, String name, UUID serverId) {
    var id = Ids.next();
    apps.put(id, new App(tenantId, name, serverId));
    return id;
  }

  @Override
  public Kind kind() {
    return Kind.APP;
  }

  @Override
  public Map<UUID, String> names(Scope scope, Collection<UUID> ids) {
    var names = new HashMap<UUID, String>();
    ids.stream()
        .filter(id -> apps.containsKey(id) && in(scope, apps.get(id)))
        .forEach(id -> names.put(id, apps.get(id).name()));
    return names;
  }

  @Override
  public Set<UUID> serversOf(Scope scope, UUID id) {
    var app = apps.get(id);
    return app != null && in(scope, app) ? Set.of(app.serverId()) : Set.of();
  }

  @Override
  public int countOn(Scope scope, UUID serverId) {
    return Math.toIntExact(
        apps.values().stream()
            .filter(app -> in(scope, app) && app.serverId().equals(serverId))
            .count());
  }

  @Override
  public int move(Scope scope, UUID from, UUID to) {
    var count = countOn(scope, from);
    apps.replaceAll(
        (id, app) ->
            in(scope, app) && app.serverId().equals(from)
                ? new App(app.tenantId(), app.name(), to)
                : app);
    return count;
  }

  private static boolean in(Scope scope, App app) {
    return scope.equals(Scope.tenant(app.tenantId()));
  }
}
