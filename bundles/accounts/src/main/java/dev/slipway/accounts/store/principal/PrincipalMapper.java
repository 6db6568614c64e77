package dev.slipway.accounts.store.principal;

import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** The statements behind every request that is not remembered. */
public interface PrincipalMapper {

  /**
   * An active user with a login that has not ended, and the seat in the tenant (null = the root
   * tenant), where there is one.
   */
  @Nullable PrincipalRow user(
      @Param("userId") UUID userId,
      @Param("sessionId") UUID sessionId,
      @Param("tenantId") @Nullable UUID tenantId);

  /** An active key of an active tenant. */
  @Nullable PrincipalRow apiKey(@Param("hash") String hash);

  /** An active user, and the seat in the tenant, where there is one. */
  @Nullable PrincipalRow member(@Param("userId") UUID userId, @Param("tenantId") UUID tenantId);
}
