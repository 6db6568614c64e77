package dev.slipway.admin.resource;

import dev.slipway.accounts.DeletionPreview;
import dev.slipway.accounts.Member;
import dev.slipway.accounts.User;
import dev.slipway.accounts.UserSeats;
import dev.slipway.api.Role;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Users as operators see them. */
public final class UserPayloads {
  private UserPayloads() {}

  /** A user in the list. */
  public record Summary(
      UUID id,
      String email,
      String displayName,
      boolean emailVerified,
      boolean isActive,
      int tenantCount,
      Instant createdAt,
      @Nullable Instant lastLoginAt) {
    static Summary of(UserSeats row) {
      var user = row.user();
      return new Summary(
          user.id(),
          user.email(),
          user.displayName(),
          user.emailVerified(),
          user.active(),
          row.tenantCount(),
          user.createdAt(),
          user.lastLoginAt());
    }
  }

  /** All users, the oldest first. */
  public record Users(List<Summary> users) {
    static Users of(List<UserSeats> rows) {
      return new Users(rows.stream().map(Summary::of).toList());
    }
  }

  /** A way to sign in. */
  public record AuthMethod(String provider) {}

  /** A user. */
  public record View(
      UUID id,
      String email,
      String displayName,
      boolean emailVerified,
      boolean isActive,
      List<AuthMethod> authMethods,
      Instant createdAt,
      Instant updatedAt,
      @Nullable Instant lastLoginAt) {
    static View of(User user) {
      return new View(
          user.id(),
          user.email(),
          user.displayName(),
          user.emailVerified(),
          user.active(),
          user.authMethods().stream().map(AuthMethod::new).toList(),
          user.createdAt(),
          user.updatedAt(),
          user.lastLoginAt());
    }
  }

  /** What to change; null keeps what is there. */
  public record Change(
      @Size(max = 254) @Nullable String email, @Size(max = 200) @Nullable String displayName) {}

  /** On or off. */
  public record StatusChange(@NotNull Boolean isActive) {}

  /** Another role. */
  public record RoleChange(@NotNull Role role) {}

  /** How the tenants are settled that a deleted user owns. */
  public record Deletion(
      @Size(max = 1000) @Nullable Map<UUID, UUID> replacementOwners,
      @Size(max = 1000) @Nullable Set<UUID> confirmTenantDeletions) {}

  /** A member of a tenant. */
  public record MemberView(
      UUID userId, String email, String displayName, Role role, Instant joinedAt) {
    static MemberView of(Member member) {
      return new MemberView(
          member.userId(), member.email(), member.displayName(), member.role(), member.joinedAt());
    }
  }

  /** A tenant that a user owns. */
  public record Ownership(
      UUID tenantId, String tenantName, boolean isRoot, List<MemberView> otherMembers) {}

  /** What stands against deleting a user. */
  public record Preflight(boolean canDelete, @Nullable String reason, List<Ownership> ownerships) {
    static Preflight of(DeletionPreview preview) {
      return new Preflight(
          preview.canDelete(),
          preview.reason(),
          preview.ownerships().stream()
              .map(
                  each ->
                      new Ownership(
                          each.tenantId(),
                          each.tenantName(),
                          each.root(),
                          each.otherMembers().stream().map(MemberView::of).toList()))
              .toList());
    }
  }
}
