package dev.slipway.deployments.store.preview;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/** Statements on {@code deployments_preview_rules}. */
public interface PreviewRulesMapper extends TableMapper<PreviewRulesRow> {
  Table TABLE =
      Table.of(
          "deployments_preview_rules",
          "id",
          "tenant_id",
          "app_id",
          "most",
          "when_full",
          "ttl_hours",
          "forks",
          "updated_at");

  @Select("select * from deployments_preview_rules where app_id = #{appId}")
  @Nullable PreviewRulesRow ofApp(UUID appId);

  @Delete("delete from deployments_preview_rules where app_id = #{appId}")
  int deleteOfApp(UUID appId);
}
