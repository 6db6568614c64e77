package dev.slipway.accounts.store.tenant;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.time.Instant;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code accounts_invitation}. */
public interface InvitationMapper extends TableMapper<InvitationRow> {
  Table TABLE =
      Table.of(
          "accounts_invitation",
          "id",
          "tenant_id",
          "email",
          "email_key",
          "role",
          "token_hash",
          "status",
          "invited_by",
          "expires_at",
          "created_at");

  /** The tenant of an invitation, whatever became of it. */
  @Nullable UUID tenant(@Param("tokenHash") String tokenHash);

  /**
   * Takes a pending invitation up, once; null where there is none for this token and address, it
   * has expired, or its tenant is inactive.
   */
  @Nullable AcceptedInvitation accept(
      @Param("tokenHash") String tokenHash,
      @Param("emailKey") String emailKey,
      @Param("now") Instant now);

  /** Whether this address has an open invitation. */
  boolean open(
      @Param("tenantId") UUID tenantId,
      @Param("emailKey") String emailKey,
      @Param("now") Instant now);

  int countOpen(@Param("tenantId") UUID tenantId, @Param("now") Instant now);

  /** Removes what has expired, so that the address can be invited again. */
  void deleteExpired(@Param("tenantId") UUID tenantId, @Param("now") Instant now);
}
