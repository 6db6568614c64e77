package dev.slipway.apps.service.variable;

import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import dev.slipway.api.event.Events;
import dev.slipway.api.rest.IfMatch;
import dev.slipway.api.security.Secrets;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.EnvVar;
import dev.slipway.apps.VariableVersion;
import dev.slipway.apps.store.VariableVersionStore;
import dev.slipway.data.Database;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What variables of any layer were, for their users. */
@Component(service = VariableVersionService.class)
public final class VariableVersionService {
  private final Database database;
  private final Events events;
  private final VariableAccess access;
  private final VariableVersionStore versions;
  private final VariableWriter writer;
  private final SecretReads reads;

  /** Made by the component runtime. */
  @Activate
  public VariableVersionService(
      @Reference Database database, @Reference Events events, @Reference Secrets secrets) {
    this.database = database;
    this.events = events;
    access = new VariableAccess(database);
    versions = new VariableVersionStore(database);
    writer = new VariableWriter(database, secrets);
    reads = new SecretReads(database, secrets);
  }

  /** The versions of a variable that are kept, newest first; the first is what it is. */
  public List<VariableVersion> list(Caller caller, UUID id) {
    return database.read(Scope.of(caller), () -> versions.of(access.find(id).id()));
  }

  /** Makes a variable what it was, as a new version. */
  public EnvVar restore(Caller caller, UUID id, UUID versionId, IfMatch ifMatch) {
    return database.write(
        Scope.of(caller),
        () -> {
          var current = access.lock(id);
          ifMatch.check("variable", current.version());
          var version = found(id, versionId);
          if (version.revokedAt() != null) {
            throw AppsError.SECRET_REVOKED.of(current.key());
          }
          var restored = writer.restore(caller, current, version);
          events.publish(access.set(restored));
          return restored;
        });
  }

  /** Shows what a variable was in clear; who asked is written down. */
  public ClearVariable reveal(Caller caller, UUID id, UUID versionId, @Nullable String userAgent) {
    return database.write(
        Scope.of(caller),
        () -> {
          var variable = access.find(id);
          var version = found(id, versionId);
          events.publish(access.revealed(variable, caller.userId()));
          return reads.reveal(caller, variable, version, userAgent);
        });
  }

  private VariableVersion found(UUID id, UUID versionId) {
    return versions.find(id, versionId).orElseThrow(AppsError.VERSION_NOT_FOUND::of);
  }
}
