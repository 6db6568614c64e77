package dev.slipway.deployments;

import dev.slipway.api.event.DomainEvent;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens to the tokens that deploy an app. */
public sealed interface DeployTokenEvent extends DomainEvent {
  @Override
  UUID tenantId();

  UUID appId();

  @Override
  default UUID subjectId() {
    return appId();
  }

  /**
   * Somebody can deploy the app by a token from now on.
   *
   * @param expiresAt null = never
   */
  record Created(
      UUID tenantId, UUID appId, UUID tokenId, String name, UUID by, @Nullable Instant expiresAt)
      implements DeployTokenEvent {
    @Override
    public String type() {
      return "deployments.token.created";
    }
  }

  /** A token is worth nothing from now on. */
  record Revoked(UUID tenantId, UUID appId, UUID tokenId, String name, UUID by)
      implements DeployTokenEvent {
    @Override
    public String type() {
      return "deployments.token.revoked";
    }
  }
}
