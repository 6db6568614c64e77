package dev.slipway.deployments.service.hook;

import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.spi.EventListener;
import dev.slipway.data.Database;
import dev.slipway.deployments.store.hook.DeployTokenStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Deletes the deploy tokens of users who are switched off, deleted or taken out of a tenant: they
 * have worked no more since then, and must not begin to again when the user comes back.
 */
@Component(service = EventListener.class)
public final class MakerWatch implements EventListener {
  private static final String OFF = "accounts.user.deactivated";
  private static final String DELETED = "accounts.user.deleted";
  private static final String REMOVED = "accounts.member.removed";
  private static final Scope ALL = Scope.platform("a user may have made tokens in many tenants");

  private final Database database;
  private final DeployTokenStore tokens;

  @Activate
  public MakerWatch(@Reference Database database) {
    this.database = database;
    tokens = new DeployTokenStore(database);
  }

  @Override
  public String name() {
    return "deployments.makers";
  }

  @Override
  public EventFilter filter() {
    return EventFilter.types(OFF, DELETED, REMOVED);
  }

  @Override
  public void on(StoredEvent event) {
    var tenantId = event.type().equals(REMOVED) ? event.tenantId() : null;
    var scope = tenantId == null ? ALL : Scope.tenant(tenantId);
    database.run(scope, () -> tokens.deleteOfMaker(event.subjectId()));
  }
}
