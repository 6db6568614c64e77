package dev.slipway.apps.service.variable;

import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import dev.slipway.api.event.Events;
import dev.slipway.api.rest.IfMatch;
import dev.slipway.api.security.Secrets;
import dev.slipway.apps.App;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.AppsEvent;
import dev.slipway.apps.EnvVar;
import dev.slipway.apps.SecretRead;
import dev.slipway.apps.VariableOwner;
import dev.slipway.apps.service.Faults;
import dev.slipway.apps.store.AppStore;
import dev.slipway.apps.store.EnvVarStore;
import dev.slipway.data.Database;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Variables of apps for their users. Every change locks the app first. */
@Component(service = EnvVarService.class)
public final class EnvVarService {
  private final Database database;
  private final Events events;
  private final AppStore apps;
  private final EnvVarStore variables;
  private final VariableWriter writer;
  private final VariableLayers layers;
  private final SecretReads reads;

  /** Made by the component runtime. */
  @Activate
  public EnvVarService(
      @Reference Database database, @Reference Events events, @Reference Secrets secrets) {
    this.database = database;
    this.events = events;
    apps = new AppStore(database);
    variables = new EnvVarStore(database);
    writer = new VariableWriter(database, secrets);
    layers = new VariableLayers(database, secrets);
    reads = new SecretReads(database, secrets);
  }

  /** Adds a variable to an app. */
  public EnvVar create(Caller caller, UUID appId, EnvVarDraft draft) {
    draft.checkedBy(new Faults()).raise();
    return database.write(
        Scope.of(caller),
        () -> {
          var variable = writer.create(caller, VariableOwner.of(apps.editable(appId)), draft);
          publishSet(variable);
          return variable;
        });
  }

  /**
   * Adds and edits many variables of an app.
   *
   * @param overwrite whether those that are there are edited; else they are skipped
   */
  public Bulk createMany(Caller caller, UUID appId, List<EnvVarEntry> entries, boolean overwrite) {
    return database.write(
        Scope.of(caller),
        () -> {
          var owner = VariableOwner.of(apps.editable(appId));
          var written = writer.put(caller, owner, entries, overwrite);
          if (written.all() > 0) {
            events.publish(
                new AppsEvent.EnvVarsSet(
                    owner.tenantId(), appId, written.created(), written.updated()));
          }
          return new Bulk(written, named(owner, entries));
        });
  }

  private List<EnvVar> named(VariableOwner owner, List<EnvVarEntry> entries) {
    var keys = new HashSet<String>();
    entries.forEach(entry -> keys.add(entry.key()));
    return variables.of(owner).stream().filter(each -> keys.contains(each.key())).toList();
  }

  /** The variables of an app in order of their keys. */
  public List<EnvVar> list(Caller caller, UUID appId) {
    return database.read(Scope.of(caller), () -> variables.of(VariableOwner.of(existing(appId))));
  }

  /** What the environments of an app inherit: its project's variables overlaid by its own. */
  public List<ResolvedVariable> inherited(Caller caller, UUID appId) {
    return database.read(Scope.of(caller), () -> layers.inherited(existing(appId)));
  }

  /** Edits a variable. */
  public EnvVar update(Caller caller, UUID appId, UUID id, IfMatch ifMatch, EnvVarPatch change) {
    return database.write(
        Scope.of(caller),
        () -> {
          var current = locked(apps.editable(appId), id);
          ifMatch.check("variable", current.version());
          var stored = writer.update(caller, current, change);
          publishSet(stored);
          return stored;
        });
  }

  /** Drops a variable. */
  public void delete(Caller caller, UUID appId, UUID id, IfMatch ifMatch) {
    database.run(
        Scope.of(caller),
        () -> {
          var current = locked(apps.editable(appId), id);
          ifMatch.check("variable", current.version());
          variables.delete(id);
          events.publish(new AppsEvent.EnvVarRemoved(current.tenantId(), appId, id, current.key()));
        });
  }

  /** Shows a variable in clear; who asked is written down. */
  public ClearVariable reveal(Caller caller, UUID appId, UUID id, @Nullable String userAgent) {
    return database.write(
        Scope.of(caller),
        () -> {
          var variable = found(existing(appId), id);
          events.publish(
              new AppsEvent.EnvVarRevealed(
                  variable.tenantId(), appId, id, variable.key(), caller.userId()));
          return reads.reveal(caller, variable, userAgent);
        });
  }

  /** Who was last shown a variable, newest first. */
  public List<SecretRead> reads(Caller caller, UUID appId, UUID id, int limit) {
    return database.read(Scope.of(caller), () -> reads.of(found(existing(appId), id).id(), limit));
  }

  private App existing(UUID appId) {
    return apps.find(appId).orElseThrow(AppsError.APP_NOT_FOUND::of);
  }

  private EnvVar found(App app, UUID id) {
    return variables.find(VariableOwner.of(app), id).orElseThrow(AppsError.ENV_VAR_NOT_FOUND::of);
  }

  private EnvVar locked(App app, UUID id) {
    return variables.lock(VariableOwner.of(app), id).orElseThrow(AppsError.ENV_VAR_NOT_FOUND::of);
  }

  private void publishSet(EnvVar variable) {
    events.publish(
        new AppsEvent.EnvVarSet(
            variable.tenantId(),
            variable.owner().id(),
            variable.id(),
            variable.key(),
            variable.isSecret(),
            variable.stageBindings()));
  }

  /**
   * What a call with many variables did.
   *
   * @param variables those that it named, as they are now
   */
  public record Bulk(int created, int updated, int skipped, List<EnvVar> variables) {
    Bulk(VariableWriter.Written written, List<EnvVar> variables) {
      this(written.created(), written.updated(), written.skipped(), variables);
    }
  }
}
