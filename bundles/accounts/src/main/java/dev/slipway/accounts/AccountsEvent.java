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

  /** A user has proved to read the mail of the address. */
  record UserVerified(UUID userId, String email) implements AccountsEvent {
    @Override
    public String type() {
      return "accounts.user.verified";
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

  /** An operator has changed the name or the address of a user. */
  record UserChanged(UUID userId, String email, String displayName) implements AccountsEvent {
    @Override
    public String type() {
      return "accounts.user.changed";
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

  /** An operator has switched a user on again. */
  record UserActivated(UUID userId) implements AccountsEvent {
    @Override
    public String type() {
      return "accounts.user.activated";
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

  /** An operator has switched a user off. */
  record UserDeactivated(UUID userId) implements AccountsEvent {
    @Override
    public String type() {
      return "accounts.user.deactivated";
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

  /** A user has been erased. */
  record UserDeleted(UUID userId, String email) implements AccountsEvent {
    @Override
    public String type() {
      return "accounts.user.deleted";
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

  /** A tenant has another name. */
  record TenantRenamed(UUID tenantId, String tenantName) implements AccountsEvent {
    @Override
    public String type() {
      return "accounts.tenant.renamed";
    }

    @Override
    public UUID subjectId() {
      return tenantId;
    }
  }

  /** An operator has switched a tenant on again. */
  record TenantActivated(UUID tenantId, String tenantName) implements AccountsEvent {
    @Override
    public String type() {
      return "accounts.tenant.activated";
    }

    @Override
    public UUID subjectId() {
      return tenantId;
    }
  }

  /** An operator has switched a tenant off. */
  record TenantDeactivated(UUID tenantId, String tenantName) implements AccountsEvent {
    @Override
    public String type() {
      return "accounts.tenant.deactivated";
    }

    @Override
    public UUID subjectId() {
      return tenantId;
    }
  }

  /**
   * A tenant is gone for good. The event is platform-wide: whoever listens removes what it keeps of
   * the tenant.
   *
   * @param tenant its id, {@code tenant_id} in the data
   * @param reason such as {@code owner_deleted}
   */
  record TenantDeleted(@JsonProperty("tenant_id") UUID tenant, String tenantName, String reason)
      implements AccountsEvent {
    @Override
    public String type() {
      return "accounts.tenant.deleted";
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

  /** Somebody has been invited into a tenant. */
  record MemberInvited(
      UUID tenantId, String tenantName, UUID invitationId, String email, Role role, UUID invitedBy)
      implements AccountsEvent {
    @Override
    public String type() {
      return "accounts.member.invited";
    }

    @Override
    public UUID subjectId() {
      return invitationId;
    }
  }

  /** A member has been taken out of a tenant, or has gone with the account. */
  record MemberRemoved(UUID tenantId, String tenantName, UUID userId, UUID removedBy)
      implements AccountsEvent {
    @Override
    public String type() {
      return "accounts.member.removed";
    }

    @Override
    public UUID subjectId() {
      return userId;
    }
  }

  /** A member has another role. */
  record MemberRoleChanged(
      UUID tenantId, String tenantName, UUID userId, Role oldRole, Role newRole)
      implements AccountsEvent {
    @Override
    public String type() {
      return "accounts.member.role-changed";
    }

    @Override
    public UUID subjectId() {
      return userId;
    }
  }

  /** A tenant has another owner; the one before is an admin now, or gone. */
  record OwnershipTransferred(UUID tenantId, String tenantName, UUID fromUserId, UUID toUserId)
      implements AccountsEvent {
    @Override
    public String type() {
      return "accounts.ownership.transferred";
    }

    @Override
    public UUID subjectId() {
      return tenantId;
    }
  }

  /** An API key has been withdrawn. */
  record ApiKeyRevoked(UUID tenantId, UUID keyId, String name, UUID revokedBy)
      implements AccountsEvent {
    @Override
    public String type() {
      return "accounts.api-key.revoked";
    }

    @Override
    public UUID subjectId() {
      return keyId;
    }
  }
}
