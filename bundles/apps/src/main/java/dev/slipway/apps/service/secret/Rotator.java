package dev.slipway.apps.service.secret;

import dev.slipway.api.Caller;
import dev.slipway.api.event.Events;
import dev.slipway.api.security.Secrets;
import dev.slipway.apps.AppsEvent;
import dev.slipway.apps.EnvVar;
import dev.slipway.apps.service.variable.VariableAccess;
import dev.slipway.apps.service.variable.VariableWriter;
import dev.slipway.apps.store.SecretLeaseStore;
import dev.slipway.data.Database;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/** Gives secrets new values, in the current unit of work, and tells those who have the old ones. */
final class Rotator {
  private final Events events;
  private final VariableAccess access;
  private final VariableWriter writer;
  private final SecretLeaseStore leases;

  Rotator(Database database, Events events, Secrets secrets) {
    this.events = events;
    access = new VariableAccess(database);
    writer = new VariableWriter(database, secrets);
    leases = new SecretLeaseStore(database);
  }

  /**
   * Gives a locked secret a new value.
   *
   * @param redeploy whether what runs with the old one is deployed again
   */
  EnvVar rotate(Caller by, EnvVar current, String clear, boolean redeploy) {
    var rotated = writer.rotate(by, current, clear);
    events.publish(access.set(rotated));
    for (var app : told(rotated)) {
      events.publish(
          new AppsEvent.EnvVarRotated(
              rotated.tenantId(),
              app,
              rotated.id(),
              rotated.owner().scope(),
              rotated.owner().id(),
              rotated.key(),
              rotated.version(),
              redeploy));
    }
    return rotated;
  }

  /** The app that it belongs to, and those that have it from their project. */
  private Set<UUID> told(EnvVar variable) {
    var apps = new LinkedHashSet<UUID>();
    var owner = variable.owner();
    if (owner.projectId() == null) {
      apps.add(access.appOf(owner));
    }
    apps.addAll(leases.appsWith(variable.id()));
    return apps;
  }
}
