package dev.slipway.apps.service.secret;

import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Signals;
import dev.slipway.api.security.Secrets;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.EnvVar;
import dev.slipway.apps.Phase;
import dev.slipway.apps.SecretLeases;
import dev.slipway.apps.Stage;
import dev.slipway.apps.service.variable.ResolvedVariable;
import dev.slipway.apps.service.variable.VariableLayers;
import dev.slipway.apps.store.AppStore;
import dev.slipway.apps.store.EnvironmentStore;
import dev.slipway.apps.store.SecretLeaseStore;
import dev.slipway.apps.store.VariableVersionStore;
import dev.slipway.data.Database;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the feature that hands secrets to agents tells of it. */
@Component(service = SecretLeases.class)
public final class PublishedLeases implements SecretLeases {
  /** Some deployment gets values that it may print. */
  static final String TOPIC = "apps.secrets-taken";

  private final Database database;
  private final Signals signals;
  private final AppStore apps;
  private final EnvironmentStore environments;
  private final VariableLayers layers;
  private final VariableVersionStore versions;
  private final SecretLeaseStore leases;

  /** Made by the component runtime. */
  @Activate
  public PublishedLeases(
      @Reference Database database, @Reference Secrets secrets, @Reference Signals signals) {
    this.database = database;
    this.signals = signals;
    apps = new AppStore(database);
    environments = new EnvironmentStore(database);
    layers = new VariableLayers(database, secrets);
    versions = new VariableVersionStore(database);
    leases = new SecretLeaseStore(database);
  }

  @Override
  public void requireFresh(Scope scope, UUID appId, @Nullable UUID environmentId) {
    database.read(scope, () -> fresh(secrets(appId, environmentId)));
  }

  @Override
  public void take(Scope scope, Holder holder) {
    database.run(
        scope,
        () -> {
          var taken = fresh(secrets(holder.appId(), holder.environmentId()));
          leases.take(taken.stream().map(EnvVar::id).toList(), holder, Times.now());
          signals.raise(TOPIC);
        });
  }

  @Override
  public List<Behind> behind(Scope scope, UUID after, int limit) {
    return database.read(scope, () -> leases.behind(after, limit));
  }

  private List<EnvVar> secrets(UUID appId, @Nullable UUID environmentId) {
    var app = apps.find(appId).orElseThrow(AppsError.APP_NOT_FOUND::of);
    var resolved =
        environmentId == null
            ? layers.of(app, Stage.PRODUCTION)
            : layers.of(
                app,
                environments.find(environmentId).orElseThrow(AppsError.ENVIRONMENT_NOT_FOUND::of));
    return resolved.stream()
        .map(ResolvedVariable::variable)
        .filter(variable -> variable.isSecret() && variable.isFor(Phase.RUN))
        .toList();
  }

  private List<EnvVar> fresh(List<EnvVar> some) {
    var revoked = versions.revoked(some.stream().map(EnvVar::id).toList());
    some.stream()
        .filter(variable -> revoked.contains(variable.id()))
        .findFirst()
        .ifPresent(
            variable -> {
              throw AppsError.SECRET_REVOKED.of(variable.key());
            });
    return some;
  }
}
