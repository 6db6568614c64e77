package dev.slipway.fleet;

import dev.slipway.api.Scope;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Knows what is placed on servers. Each feature that places something there registers one; every
 * call joins the current unit of work where there is one, and takes one query.
 */
@ConsumerType
public interface Workloads {
  /** What it knows of. */
  Kind kind();

  /** The names of those that exist in this scope, by id. */
  Map<UUID, String> names(Scope scope, Collection<UUID> ids);

  /** The servers that one is placed on. */
  Set<UUID> serversOf(Scope scope, UUID id);

  /** How many are placed on a server. */
  int countOn(Scope scope, UUID serverId);

  /** Places all that is on a server on another one; returns how many there were. */
  int move(Scope scope, UUID from, UUID to);

  /** What can be placed on a server. */
  enum Kind {
    APP,
    SERVICE
  }
}
