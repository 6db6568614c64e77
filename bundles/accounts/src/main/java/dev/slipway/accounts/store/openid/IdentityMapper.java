package dev.slipway.accounts.store.openid;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code accounts_identity}. */
public interface IdentityMapper extends TableMapper<IdentityRow> {
  Table TABLE = Table.of("accounts_identity", "id", "user_id", "issuer", "subject", "created_at");

  @Nullable UUID user(@Param("issuer") String issuer, @Param("subject") String subject);

  void unlink(@Param("userId") UUID userId);
}
