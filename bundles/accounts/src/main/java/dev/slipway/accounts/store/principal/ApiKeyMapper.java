package dev.slipway.accounts.store.principal;

import dev.slipway.accounts.ApiKey;
import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code accounts_api_key}. */
public interface ApiKeyMapper extends TableMapper<ApiKey> {
  Table TABLE =
      Table.of(
          "accounts_api_key",
          "id",
          "tenant_id",
          "name",
          "hash",
          "preview",
          "authority",
          "active",
          "created_by",
          "created_at",
          "last_used_at");

  /** The keys of a tenant that work, the newest first. */
  List<ApiKey> active(@Param("tenantId") UUID tenantId, @Param("limit") int limit);

  /** Withdraws a key; null where the tenant has no such key that works. */
  @Nullable ApiKey revoke(@Param("id") UUID id, @Param("tenantId") UUID tenantId);

  /** Notes that a key is in use, unless that was noted since then. */
  int used(@Param("id") UUID id, @Param("now") Instant now, @Param("since") Instant since);
}
