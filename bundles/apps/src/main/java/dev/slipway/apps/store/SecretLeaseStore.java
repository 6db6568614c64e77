package dev.slipway.apps.store;

import dev.slipway.apps.SecretLease;
import dev.slipway.apps.SecretLeases.Behind;
import dev.slipway.apps.SecretLeases.Holder;
import dev.slipway.data.Database;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which deployments of the current scope have which values of secrets. */
public final class SecretLeaseStore {
  private final SecretLeaseMapper leases;

  public SecretLeaseStore(Database database) {
    leases = database.mapper(SecretLeaseMapper.class);
  }

  /**
   * A deployment gets the present values of these variables; where it has older ones already, in
   * another of its instances, these are what counts.
   */
  public void take(Collection<UUID> variables, Holder holder, Instant now) {
    if (!variables.isEmpty()) {
      leases.take(variables.toArray(UUID[]::new), holder, now);
    }
  }

  /** The last leases of a variable, newest first. */
  public List<SecretLease> of(UUID envVarId, int limit) {
    return leases.ofVariable(envVarId, limit);
  }

  /** A lease, which nobody else can change until the unit of work ends. */
  public Optional<SecretLease> lock(UUID id) {
    return Optional.ofNullable(leases.lock(id));
  }

  /** Notes with all who have this value that it was revoked. */
  public void revoke(UUID envVarId, int number, Instant at) {
    leases.revoke(envVarId, number, at);
  }

  /** A deployment is live: those before it in its place have nothing any more. */
  public void replaced(UUID appId, @Nullable UUID environmentId, UUID deploymentId, Instant at) {
    leases.replaced(appId, environmentId, deploymentId, at);
  }

  /** Nothing runs in an environment any more. */
  public void endOfEnvironment(UUID environmentId, Instant at) {
    leases.endOfEnvironment(environmentId, at);
  }

  /** Nothing of an app runs any more. */
  public void endOfApp(UUID appId, Instant at) {
    leases.endOfApp(appId, at);
  }

  /** Forgets those that ended before a time. */
  public void purge(Instant before) {
    leases.purge(before);
  }

  /** The apps that have a value of this variable. */
  public List<UUID> appsWith(UUID envVarId) {
    return leases.appsWith(envVarId);
  }

  /** Those who are to be deployed again because a value was replaced, in order of id. */
  public List<Behind> behind(UUID after, int limit) {
    return leases.behind(after, limit).stream().map(BehindRow::toBehind).toList();
  }

  /** All secret values that are in use or may come to be, in order of id. */
  public List<SealedValue> inUse(UUID after, int limit) {
    return leases.inUse(after, limit);
  }

  /** The values that deployments were given since a time. */
  public List<SealedValue> takenSince(Instant since, int limit) {
    return leases.takenSince(since, limit);
  }
}
