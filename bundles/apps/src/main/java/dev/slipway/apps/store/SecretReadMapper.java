package dev.slipway.apps.store;

import dev.slipway.apps.SecretRead;
import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;

/** Statements on {@code apps_secret_read}. */
public interface SecretReadMapper extends TableMapper<SecretRead> {
  Table TABLE =
      Table.of(
          "apps_secret_read",
          "id",
          "tenant_id",
          "env_var_id",
          "scope",
          "project_id",
          "app_id",
          "environment_id",
          "key",
          "number",
          "user_id",
          "user_email",
          "ip",
          "user_agent",
          "request_id",
          "created_at");

  List<SecretRead> ofVariable(@Param("envVarId") UUID envVarId, @Param("limit") int limit);
}
