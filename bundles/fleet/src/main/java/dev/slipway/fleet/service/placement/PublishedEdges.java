package dev.slipway.fleet.service.placement;

import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import dev.slipway.fleet.Edges;
import dev.slipway.fleet.store.placement.EdgeStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Edges, for other features. */
@Component(service = Edges.class)
public final class PublishedEdges implements Edges {
  private final Database db;
  private final EdgeStore store;

  @Activate
  public PublishedEdges(@Reference Database db) {
    this.db = db;
    store = new EdgeStore(db);
  }

  @Override
  public boolean dividesRequests(Scope scope, UUID serverId) {
    return db.read(scope, () -> store.dividesRequests(serverId));
  }

  @Override
  public List<Passed> passed(Scope scope, Question question) {
    return db.read(scope, () -> store.passed(question));
  }

  @Override
  public Wear wear(
      Scope scope, UUID serverId, Collection<String> containers, Instant from, Instant to) {
    return db.read(scope, () -> store.wear(serverId, containers, from, to));
  }

  @Override
  public List<Condition> conditions(Scope scope, UUID serverId, Collection<String> containers) {
    return db.read(scope, () -> store.conditions(serverId, containers));
  }
}
