package dev.slipway.apps.store;

import dev.slipway.apps.RotationRule;
import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code apps_secret_rotation}. */
public interface RotationMapper extends TableMapper<RotationRule> {
  Table TABLE =
      Table.of(
          "apps_secret_rotation",
          "id",
          "tenant_id",
          "generate",
          "interval_days",
          "due_at",
          "redeploy",
          "told_for",
          "rotated_at",
          "set_by",
          "set_by_name",
          "created_at",
          "updated_at");

  List<RotationRule> all(
      @Param("at") @Nullable Instant at,
      @Param("notice") @Nullable Instant notice,
      @Param("limit") int limit,
      @Param("offset") long offset);

  long count(@Param("at") @Nullable Instant at, @Param("notice") @Nullable Instant notice);

  List<RotationRule> toAttend(
      @Param("at") Instant at, @Param("notice") Instant notice, @Param("limit") int limit);

  List<RotationRule> ofApp(
      @Param("projectId") @Nullable UUID projectId, @Param("appId") UUID appId);

  void dropOfPlain(@Param("ids") UUID[] variables);

  void renew(@Param("ids") UUID[] variables, @Param("now") Instant now);

  int dueNow(@Param("id") UUID variable, @Param("now") Instant now);
}
