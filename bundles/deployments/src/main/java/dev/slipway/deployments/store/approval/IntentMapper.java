package dev.slipway.deployments.store.approval;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code deployments_intent}. */
public interface IntentMapper extends TableMapper<IntentRow> {
  Table TABLE =
      Table.of(
          "deployments_intent",
          "id",
          "tenant_id",
          "app_id",
          "environment_id",
          "deployment_id",
          "branch",
          "commit_sha",
          "trigger",
          "reason",
          "status",
          "decided_by",
          "decision_reason",
          "requested_by",
          "created_at",
          "updated_at");

  List<IntentRow> ofApp(
      @Param("appId") UUID appId,
      @Param("statuses") String @Nullable [] statuses,
      @Param("id") @Nullable UUID id);

  int move(
      @Param("deploymentId") UUID deploymentId,
      @Param("status") IntentRow.Status status,
      @Param("by") @Nullable UUID by,
      @Param("reason") @Nullable String reason,
      @Param("at") Instant at);

  int deleteOfApp(UUID appId);
}
