package dev.slipway.fleet;

import dev.slipway.api.Scope;
import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** The servers of a tenant. Deleted ones are not among them. */
@ProviderType
public interface Servers {
  /** A server; empty where there is none in this scope. */
  Optional<Server> find(Scope scope, UUID serverId);

  /** A server; refuses with 404 where there is none in this scope. */
  Server require(Scope scope, UUID serverId);

  /**
   * Whether a server's agent has said that it takes commands of this type; false for agents that do
   * not say which they take.
   */
  boolean offers(Scope scope, UUID serverId, CommandType type);

  /**
   * Where a new app should go: of the servers that accept deployments the one that runs the fewest
   * app containers.
   */
  Optional<Server> pick(Scope scope);

  /**
   * Where an app should go by its placement rules: of the servers that accept deployments and meet
   * all requirements the one that fits best, and of those the one that runs the fewest app
   * containers. Empty where none meets them.
   */
  Optional<Server> pick(Scope scope, UUID appId);
}
