package dev.slipway.deployments.store.settings;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/** Statements on {@code deployments_settings}. */
public interface SettingsMapper extends TableMapper<SettingsRow> {
  Table TABLE =
      Table.of(
          "deployments_settings",
          "id",
          "tenant_id",
          "app_id",
          "default_branch",
          "default_environment_id",
          "auto_deploy",
          "auto_deploy_branches",
          "include_paths",
          "ignore_paths",
          "require_ci_success",
          "preview_enabled",
          "concurrency",
          "build_timeout_seconds",
          "keep_deployments",
          "updated_at");

  @Select("select * from deployments_settings where app_id = #{appId}")
  @Nullable SettingsRow ofApp(UUID appId);

  @Delete("delete from deployments_settings where app_id = #{appId}")
  int deleteOfApp(UUID appId);
}
