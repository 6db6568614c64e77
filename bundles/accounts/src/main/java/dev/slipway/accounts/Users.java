package dev.slipway.accounts;

import dev.slipway.api.Caller;
import dev.slipway.api.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Users for the features that run the platform. Units of work and rights are as in {@link Tenants}.
 * Whoever is not the owner of the root tenant may not touch that owner ({@link
 * AccountsError#ROOT_OWNER_PROTECTED}).
 */
@ProviderType
public interface Users {
  /** Most users that {@link #list} returns. */
  int MAX_LIST = 100_000;

  /** How many there are. */
  int count();

  /** How many have signed in or gone on with a login since then; 30 days back at most. */
  int activeSince(Instant since);

  /** All users, the oldest first, at most {@link #MAX_LIST}. */
  List<UserSeats> list();

  /** A user; empty where there is none. */
  Optional<User> find(UUID userId);

  /** A user; refuses with {@link AccountsError#USER_NOT_FOUND} where there is none. */
  User require(UUID userId);

  /** A user's seats, the oldest first. */
  List<Seat> seats(UUID userId);

  /**
   * Changes what is given. Another address counts as not verified, and gets a mail to verify it.
   *
   * @param email null keeps it; a fault is 400 at {@code email}, one in use {@link
   *     AccountsError#EMAIL_TAKEN}
   * @param displayName null keeps it; a fault is 400 at {@code displayName}
   */
  User edit(Caller caller, UUID userId, @Nullable String email, @Nullable String displayName);

  /**
   * Switches a user on or off. All logins of one who is switched off end at once, and stay ended
   * when the user is switched on again. The root owner can not be switched off by anyone.
   */
  void setActive(Caller caller, UUID userId, boolean active);

  /**
   * Gives a member another role. With {@link Role#OWNER} the present owner becomes an admin.
   * Ownership of the root tenant does not move ({@link AccountsError#ROOT_OWNERSHIP_FIXED}); an
   * owner can not be given a lower role ({@link AccountsError#OWNER_REQUIRED}).
   */
  void setRole(Caller caller, UUID userId, UUID tenantId, Role role);

  /** What stands against deleting a user. */
  DeletionPreview previewDeletion(Caller caller, UUID userId);

  /**
   * Erases a user, all or nothing. Each tenant that the user owns needs either a replacement among
   * its members or, by its id, the confirmation that it is deleted with all it has; else {@link
   * AccountsError#OWNERSHIP_UNSETTLED}. Refuses the caller and the root owner.
   *
   * @param replacementOwners new owner by tenant
   * @param confirmTenantDeletions tenants to delete
   */
  void delete(
      Caller caller,
      UUID userId,
      Map<UUID, UUID> replacementOwners,
      Set<UUID> confirmTenantDeletions);
}
