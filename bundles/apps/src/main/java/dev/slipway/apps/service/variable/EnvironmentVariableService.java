package dev.slipway.apps.service.variable;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.Scope;
import dev.slipway.api.event.Events;
import dev.slipway.api.security.Secrets;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.AppsEvent;
import dev.slipway.apps.EnvVar;
import dev.slipway.apps.Environment;
import dev.slipway.apps.Phase;
import dev.slipway.apps.VariableOwner;
import dev.slipway.apps.store.AppStore;
import dev.slipway.apps.store.EnvVarStore;
import dev.slipway.apps.store.EnvironmentStore;
import dev.slipway.data.Database;
import java.util.List;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Variables of environments for their users. Every change locks the environment first. */
@Component(service = EnvironmentVariableService.class)
public final class EnvironmentVariableService {
  private final Database database;
  private final Events events;
  private final AppStore apps;
  private final EnvironmentStore environments;
  private final EnvVarStore variables;
  private final VariableWriter writer;
  private final VariableLayers layers;
  private final SealedValues values;

  /** Made by the component runtime. */
  @Activate
  public EnvironmentVariableService(
      @Reference Database database, @Reference Events events, @Reference Secrets secrets) {
    this.database = database;
    this.events = events;
    apps = new AppStore(database);
    environments = new EnvironmentStore(database);
    variables = new EnvVarStore(database);
    writer = new VariableWriter(database, secrets);
    layers = new VariableLayers(database, secrets);
    values = new SealedValues(secrets);
  }

  /**
   * What an environment ends up with.
   *
   * @param port what the platform itself tells the app, as {@code PORT}
   */
  public record Resolved(List<ResolvedVariable> variables, int port) {}

  /** What a call copied, and what it left as it was. */
  public record Copied(int copied, int skipped) {}

  /** What an environment ends up with, in order of keys. */
  public Resolved list(Caller caller, UUID environmentId) {
    return database.read(
        Scope.of(caller),
        () ->
            resolved(
                environments.find(environmentId).orElseThrow(AppsError.ENVIRONMENT_NOT_FOUND::of)));
  }

  /** Adds and replaces overrides; those that are not named stay. */
  public Resolved put(Caller caller, UUID environmentId, List<EnvVarEntry> entries) {
    return database.write(
        Scope.of(caller),
        () -> {
          var environment = locked(environmentId);
          publish(environment, writer.put(caller, VariableOwner.of(environment), entries, true));
          return resolved(environment);
        });
  }

  /** Drops an override, so that the inherited value applies. */
  public void delete(Caller caller, UUID environmentId, String key) {
    database.run(
        Scope.of(caller),
        () -> {
          var environment = locked(environmentId);
          var override =
              variables
                  .lock(VariableOwner.of(environment), key)
                  .orElseThrow(AppsError.ENV_VAR_NOT_FOUND::of);
          variables.delete(override.id());
          events.publish(
              new AppsEvent.EnvironmentVariableRemoved(
                  environment.tenantId(), environment.appId(), environmentId, key));
        });
  }

  /**
   * Copies the overrides of another environment of the same app. Secrets are sealed anew, and shown
   * to nobody.
   *
   * @param overwrite whether overrides that are there are replaced; else they are skipped
   * @param includeSecrets whether secret ones are copied; else they are skipped
   */
  public Copied copy(
      Caller caller, UUID environmentId, UUID sourceId, boolean overwrite, boolean includeSecrets) {
    return database.write(
        Scope.of(caller),
        () -> {
          var environment = locked(environmentId);
          var all = variables.of(VariableOwner.of(source(environment, sourceId)));
          var some = all.stream().filter(each -> includeSecrets || !each.isSecret()).toList();
          var entries = some.stream().map(this::entry).toList();
          var written = writer.put(caller, VariableOwner.of(environment), entries, overwrite);
          publish(environment, written);
          return new Copied(written.all(), all.size() - written.all());
        });
  }

  private EnvVarEntry entry(EnvVar variable) {
    return new EnvVarEntry(
        variable.key(),
        values.open(variable),
        variable.isSecret(),
        List.of(),
        variable.phases().stream().map(Phase::of).toList());
  }

  private Environment source(Environment environment, UUID sourceId) {
    if (sourceId.equals(environment.id())) {
      throw CommonError.INVALID
          .of()
          .withField("source_environment_id", "must be another environment");
    }
    return environments
        .find(sourceId)
        .filter(found -> found.appId().equals(environment.appId()))
        .orElseThrow(() -> AppsError.ENVIRONMENT_NOT_FOUND.at("source_environment_id"));
  }

  private Environment locked(UUID environmentId) {
    return environments.lock(environmentId).orElseThrow(AppsError.ENVIRONMENT_NOT_FOUND::of);
  }

  private Resolved resolved(Environment environment) {
    var app = apps.find(environment.appId()).orElseThrow(AppsError.APP_NOT_FOUND::of);
    return new Resolved(layers.of(app, environment), app.port());
  }

  private void publish(Environment environment, VariableWriter.Written written) {
    if (written.all() > 0) {
      events.publish(
          new AppsEvent.EnvironmentVariablesSet(
              environment.tenantId(),
              environment.appId(),
              environment.id(),
              written.created(),
              written.updated()));
    }
  }
}
