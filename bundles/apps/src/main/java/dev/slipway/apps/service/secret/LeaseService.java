package dev.slipway.apps.service.secret;

import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.AppsEvent;
import dev.slipway.apps.EnvVar;
import dev.slipway.apps.RotationRule;
import dev.slipway.apps.SecretLease;
import dev.slipway.apps.service.variable.VariableAccess;
import dev.slipway.apps.store.RotationStore;
import dev.slipway.apps.store.SecretLeaseStore;
import dev.slipway.apps.store.VariableVersionStore;
import dev.slipway.data.Database;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Which deployments have which values of a secret, for its users. */
@Component(service = LeaseService.class)
public final class LeaseService {
  private final Database database;
  private final Events events;
  private final VariableAccess access;
  private final VariableVersionStore versions;
  private final RotationStore rules;
  private final SecretLeaseStore leases;

  /** Made by the component runtime. */
  @Activate
  public LeaseService(@Reference Database database, @Reference Events events) {
    this.database = database;
    this.events = events;
    access = new VariableAccess(database);
    versions = new VariableVersionStore(database);
    rules = new RotationStore(database);
    leases = new SecretLeaseStore(database);
  }

  /** The last leases of a secret, newest first. */
  public List<SecretLease> list(Caller caller, UUID id, int limit) {
    return database.read(Scope.of(caller), () -> leases.of(access.find(id).id(), limit));
  }

  /**
   * Makes sure that the value of a lease is given to nobody any more: a deployment that would get
   * it is refused until the secret has another one, which its rule may make at once. What runs with
   * it goes on. Revoked again, nothing changes.
   */
  public SecretLease revoke(Caller caller, UUID id, UUID leaseId) {
    var now = Times.now();
    return database.write(
        Scope.of(caller),
        () -> {
          var variable = access.lock(id);
          var lease = held(id, leaseId);
          if (lease.revokedAt() == null && lease.endedAt() == null) {
            revoke(variable, lease, now);
          }
          return held(id, leaseId);
        });
  }

  private SecretLease held(UUID id, UUID leaseId) {
    return leases
        .lock(leaseId)
        .filter(found -> found.envVarId().equals(id))
        .orElseThrow(AppsError.LEASE_NOT_FOUND::of);
  }

  private void revoke(EnvVar variable, SecretLease lease, Instant now) {
    versions.revoke(variable.id(), lease.number(), now);
    leases.revoke(variable.id(), lease.number(), now);
    rules
        .lock(variable.id())
        .filter(RotationRule::generates)
        .filter(rule -> lease.number() == variable.version())
        .ifPresent(rule -> rules.dueNow(rule.id(), now));
    events.publish(
        new AppsEvent.LeaseRevoked(
            variable.tenantId(),
            variable.id(),
            variable.key(),
            lease.number(),
            lease.appId(),
            lease.deploymentId()));
  }
}
