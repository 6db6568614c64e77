package dev.slipway.deployments.resource.diagnosis;

import dev.slipway.api.Page;
import dev.slipway.deployments.store.diagnosis.Category;
import dev.slipway.deployments.store.diagnosis.DiagnosticRow;
import dev.slipway.deployments.store.diagnosis.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Causes of failures as clients see them. */
public final class DiagnosticPayloads {
  private DiagnosticPayloads() {}

  /** A finding; the rule tells which words were looked for. */
  public record View(
      UUID id,
      UUID appId,
      UUID deploymentId,
      UUID serverId,
      String rule,
      Category category,
      Severity severity,
      String title,
      String summary,
      @Nullable String rootCause,
      @Nullable String suggestion,
      List<Map<String, String>> evidence,
      double confidence,
      Instant createdAt) {

    static View of(DiagnosticRow row) {
      return new View(
          row.id(),
          row.appId(),
          row.deploymentId(),
          row.serverId(),
          row.rule(),
          row.category(),
          row.severity(),
          row.title(),
          row.summary(),
          row.rootCause(),
          row.suggestion(),
          row.evidence(),
          row.confidence(),
          row.createdAt());
    }
  }

  /** What was found of a deployment, the surest first. */
  public record DiagnosticsAnswer(List<View> diagnostics) {
    static DiagnosticsAnswer of(List<DiagnosticRow> rows) {
      return new DiagnosticsAnswer(rows.stream().map(View::of).toList());
    }
  }

  /** What was found of an app, newest first. */
  public record DiagnosticsPage(List<View> diagnostics, long total) {
    static DiagnosticsPage of(Page<DiagnosticRow> page) {
      return new DiagnosticsPage(page.map(View::of).items(), page.total());
    }
  }
}
