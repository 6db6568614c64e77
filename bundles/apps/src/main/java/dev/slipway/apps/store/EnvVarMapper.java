package dev.slipway.apps.store;

import dev.slipway.apps.EnvVar;
import dev.slipway.apps.VariableOwner;
import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.util.Collection;
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
          "environment_id",
          "key",
          "value",
          "is_secret",
          "stage_bindings",
          "phases",
          "description",
          "created_by",
          "created_at",
          "updated_at");

  List<EnvVar> ofOwner(@Param("owner") VariableOwner owner);

  @Nullable EnvVar lockByKey(@Param("owner") VariableOwner owner, @Param("key") String key);

  List<EnvVar> ofRun(
      @Param("projectId") @Nullable UUID projectId,
      @Param("appId") UUID appId,
      @Param("environmentId") @Nullable UUID environmentId);

  EnvVarUse use(@Param("owner") VariableOwner owner, @Param("but") @Nullable UUID but);

  void put(@Param("variables") Collection<EnvVar> variables);
}
