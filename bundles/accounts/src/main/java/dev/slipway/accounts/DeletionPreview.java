package dev.slipway.accounts;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What stands against deleting a user.
 *
 * @param canDelete false where nothing helps; true also where ownerships have to be settled first
 * @param reason for people, where it can not be done
 * @param ownerships the tenants that the user owns
 */
public record DeletionPreview(
    boolean canDelete, @Nullable String reason, List<Ownership> ownerships) {

  public DeletionPreview {
    ownerships = List.copyOf(ownerships);
  }

  /** A tenant that needs another owner or goes too. */
  public record Ownership(
      UUID tenantId, String tenantName, boolean root, List<Member> otherMembers) {
    public Ownership {
      otherMembers = List.copyOf(otherMembers);
    }
  }
}
