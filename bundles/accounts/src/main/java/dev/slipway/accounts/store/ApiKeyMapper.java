package dev.slipway.accounts.store;

import dev.slipway.accounts.ApiKey;
import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;

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
          "created_at");
}
