package dev.slipway.deployments.service.preview;

import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.apps.Apps;
import dev.slipway.data.Database;
import dev.slipway.deployments.PreviewEvent;
import dev.slipway.deployments.service.queue.Drafts;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.preview.PreviewRulesRow;
import dev.slipway.deployments.store.preview.PreviewRulesRow.Forks;
import dev.slipway.deployments.store.preview.PreviewRulesRow.WhenFull;
import dev.slipway.deployments.store.preview.PreviewStore;
import java.util.Locale;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Which previews apps may have. */
@Component(service = PreviewRules.class)
public final class PreviewRules {
  private final Database database;
  private final PreviewStore previews;
  private final DeploymentStore gates;
  private final Apps apps;
  private final Events events;

  @Activate
  public PreviewRules(
      @Reference Database database, @Reference Apps apps, @Reference Events events) {
    this.database = database;
    previews = new PreviewStore(database);
    gates = new DeploymentStore(database);
    this.apps = apps;
    this.events = events;
  }

  /** What applies to an app. */
  public PreviewRulesRow get(Caller caller, UUID appId) {
    var app = apps.require(Scope.of(caller), appId);
    return database.read(Scope.of(caller), () -> previews.rules(app));
  }

  /** Sets what applies to an app; open previews stay as they are. */
  public PreviewRulesRow set(
      Caller caller, UUID appId, int most, WhenFull whenFull, int ttlHours, Forks forks) {
    var scope = Scope.of(caller);
    return database.write(
        scope,
        () -> {
          gates.gate(appId);
          var app = apps.require(scope, appId);
          var row =
              new PreviewRulesRow(
                  previews.rules(app).id(),
                  app.tenantId(),
                  appId,
                  most,
                  whenFull,
                  ttlHours,
                  forks,
                  Times.now());
          previews.put(row);
          events.publish(
              new PreviewEvent.RulesChanged(
                  app.tenantId(),
                  appId,
                  most,
                  forks.name().toLowerCase(Locale.ROOT),
                  Drafts.requester(caller)));
          return row;
        });
  }
}
