package dev.slipway.accounts.store;

import java.time.Instant;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code accounts_invitation}. */
public interface InvitationMapper {

  /**
   * Takes a pending invitation up, once; null where there is none for this token and address, it
   * has expired, or its tenant is inactive.
   */
  @Nullable AcceptedInvitation accept(
      @Param("tokenHash") String tokenHash,
      @Param("emailKey") String emailKey,
      @Param("now") Instant now);
}
