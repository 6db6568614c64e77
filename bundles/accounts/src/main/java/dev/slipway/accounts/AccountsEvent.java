package dev.slipway.accounts;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.api.Role;
import dev.slipway.api.event.DomainEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What this feature says. */
public sealed interface AccountsEvent extends DomainEvent {

  /** Somebody has an account. */
  record UserRegistered(UUID userId, String email, String displayName) implements AccountsEvent {
    @Override
    public String type() {
      return "accounts.user.registered";
    }

    @Override
    public @Nullable UUID tenantId() {
      return null;
    }

    @Override
    public UUID subjectId() {
      return userId;
    }
  }

  /**
   * There is a new tenant. The event is platform-wide: whoever listens prepares something for the
   * tenant.
   *
   * @param tenant its id, {@code tenant_id} in the data
   * @param userId its owner
   */
  record TenantCreated(
      @JsonProperty("tenant_id") UUID tenant, String name, String slug, boolean root, UUID userId)
      implements AccountsEvent {
    @Override
    public String type() {
      return "accounts.tenant.created";
    }

    @Override
    public @Nullable UUID tenantId() {
      return null;
    }

    @Override
    public UUID subjectId() {
      return tenant;
    }
  }

  /** An invited user has joined a tenant. */
  record MemberJoined(UUID tenantId, String tenantName, UUID userId, Role role)
      implements AccountsEvent {
    @Override
    public String type() {
      return "accounts.member.joined";
    }

    @Override
    public UUID subjectId() {
      return userId;
    }
  }

  /** A tenant has a new API key. */
  record ApiKeyCreated(
      UUID tenantId, UUID keyId, String name, ApiKey.Authority authority, UUID createdBy)
      implements AccountsEvent {
    @Override
    public String type() {
      return "accounts.api-key.created";
    }

    @Override
    public UUID subjectId() {
      return keyId;
    }
  }
}
