package dev.slipway.deployments.store.diagnosis;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code deployments_diagnostic}. */
public interface DiagnosticMapper extends TableMapper<DiagnosticRow> {
  Table TABLE =
      Table.of(
          "deployments_diagnostic",
          "id",
          "tenant_id",
          "app_id",
          "deployment_id",
          "server_id",
          "rule",
          "category",
          "severity",
          "title",
          "summary",
          "root_cause",
          "suggestion",
          "evidence",
          "confidence",
          "created_at");

  List<DiagnosticRow> ofDeployment(UUID deploymentId);

  List<DiagnosticRow> ofApp(
      @Param("appId") UUID appId,
      @Param("severities") String @Nullable [] severities,
      @Param("limit") int limit,
      @Param("offset") int offset);

  long count(@Param("appId") UUID appId, @Param("severities") String @Nullable [] severities);

  int deleteOfApp(UUID appId);
}
