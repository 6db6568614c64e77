package dev.slipway.accounts.store.openid;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.time.Instant;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code accounts_oidc_state}. */
public interface OidcStateMapper extends TableMapper<OidcStateRow> {
  Table TABLE =
      Table.of("accounts_oidc_state", "id", "state_hash", "binding_hash", "secrets", "expires_at");

  /** Takes a state out, once; null where there is none such. */
  @Nullable OidcStateRow take(@Param("stateHash") String stateHash, @Param("now") Instant now);

  int deleteExpired(@Param("before") Instant before, @Param("limit") int limit);
}
