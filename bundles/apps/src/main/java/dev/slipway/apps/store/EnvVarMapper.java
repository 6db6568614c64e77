package dev.slipway.apps.store;

import dev.slipway.apps.EnvVar;
import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code apps_env_var}. */
public interface EnvVarMapper extends TableMapper<EnvVar> {
  Table TABLE =
      Table.of(
          "apps_env_var",
          "id",
          "version",
          "tenant_id",
          "project_id",
          "app_id",
          "key",
          "value",
          "is_secret",
          "stage_bindings",
          "description",
          "created_by",
          "created_at",
          "updated_at");

  List<EnvVar> ofApp(@Param("appId") UUID appId);

  List<EnvVar> ofRun(@Param("appId") UUID appId, @Param("projectId") @Nullable UUID projectId);

  EnvVarUse use(@Param("appId") UUID appId, @Param("but") @Nullable UUID but);
}
