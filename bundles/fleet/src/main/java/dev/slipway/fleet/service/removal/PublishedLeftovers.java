package dev.slipway.fleet.service.removal;

import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.data.Database;
import dev.slipway.fleet.Leftovers;
import dev.slipway.fleet.store.removal.OrphanRow;
import dev.slipway.fleet.store.removal.OrphanStore;
import dev.slipway.fleet.store.server.ServerRow;
import dev.slipway.fleet.store.server.ServerStore;
import java.util.List;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Notes what other features leave on servers. */
@Component(service = Leftovers.class)
public final class PublishedLeftovers implements Leftovers {
  private final Database db;
  private final ServerStore servers;
  private final OrphanStore store;

  @Activate
  public PublishedLeftovers(
      @Reference Database db, @Reference ServerStore servers, @Reference OrphanStore store) {
    this.db = db;
    this.servers = servers;
    this.store = store;
  }

  @Override
  public void volume(Scope scope, UUID serverId, String name, UUID appId, String reason) {
    db.run(
        scope,
        () ->
            servers
                .find(serverId)
                .ifPresent(
                    server -> {
                      store.forgetFailed(serverId, OrphanRow.Kind.VOLUME, name);
                      store.add(List.of(volume(server, name, appId, reason)));
                    }));
  }

  private static OrphanRow volume(ServerRow server, String name, UUID appId, String reason) {
    var now = Times.now();
    return new OrphanRow(
        Ids.next(),
        server.tenantId(),
        server.id(),
        server.machineId(),
        OrphanRow.Kind.VOLUME,
        name,
        "app",
        appId,
        reason,
        OrphanRow.Status.PENDING,
        0,
        null,
        now,
        null,
        now);
  }
}
