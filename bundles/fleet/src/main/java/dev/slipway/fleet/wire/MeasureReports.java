package dev.slipway.fleet.wire;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.slipway.fleet.store.server.Measures;
import dev.slipway.proto.agent.v1.AnalyticsSnapshot;
import dev.slipway.proto.agent.v1.HealthCheckResult;
import dev.slipway.proto.agent.v1.HeartbeatRequest;
import dev.slipway.proto.agent.v1.ServiceMetric;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a heartbeat tells of the time since the one before, within bounds. */
final class MeasureReports {
  private static final int MOST_ROUTES = 2_000;
  private static final int MOST_DOMAINS = 64;
  private static final int MOST_COUNTS = 100;
  private static final int MOST_SERVICES = 200;
  private static final int MOST_NUMBERS = 100;
  private static final double FURTHEST = 1e16;
  private static final int MOST_CHECKS = 4_096;
  private static final int LONGEST_ERROR = 1_000;
  private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

  private MeasureReports() {}

  static Measures of(HeartbeatRequest beat) {
    return new Measures(
        beat.getRouteMetricsList().stream().limit(MOST_ROUTES).map(Reports::plain).toList(),
        beat.hasProxyMetrics() ? Reports.plain(beat.getProxyMetrics()) : null,
        beat.getAnalyticsList().stream()
            .limit(MOST_DOMAINS)
            .map(MeasureReports::analytics)
            .toList(),
        beat.getServiceMetricsList().stream()
            .limit(MOST_SERVICES)
            .map(MeasureReports::service)
            .toList(),
        beat.getHealthCheckResultsList().stream()
            .limit(MOST_CHECKS)
            .map(MeasureReports::check)
            .toList());
  }

  private static Map<String, Object> analytics(AnalyticsSnapshot snapshot) {
    var columns = Reports.plain(snapshot);
    columns.put("page_views", snapshot.getPageViews60M());
    var counts = new LinkedHashMap<String, Object>();
    snapshot
        .getAllFields()
        .forEach(
            (field, value) -> {
              if (field.isRepeated()) {
                counts.put(field.getName(), counts((List<?>) value));
              }
            });
    columns.put("counts", counts);
    return columns;
  }

  /** Each entry has a word and how often it was counted. */
  private static Map<String, Long> counts(List<?> entries) {
    var counts = new LinkedHashMap<String, Long>();
    for (var entry : entries.subList(0, Math.min(MOST_COUNTS, entries.size()))) {
      var message = (Message) entry;
      var word = "";
      var count = 0L;
      for (var field : message.getAllFields().entrySet()) {
        if (field.getKey().getJavaType() == FieldDescriptor.JavaType.STRING) {
          word = Reports.word((String) field.getValue());
        } else {
          count = (Long) field.getValue();
        }
      }
      counts.merge(word, count, Long::sum);
    }
    return counts;
  }

  private static Map<String, Object> service(ServiceMetric metric) {
    var columns = new LinkedHashMap<String, Object>();
    columns.put("name", Reports.word(metric.getContainerName()));
    columns.put("service_type", Reports.word(metric.getServiceType()));
    columns.put("gauges", numbers(metric.getGaugesMap()));
    columns.put("counters", numbers(metric.getCountersMap()));
    return columns;
  }

  /** JSON has no words for what is no number, and sums of many must not pass all bounds. */
  private static Map<String, Number> numbers(Map<String, ? extends Number> said) {
    var numbers = new LinkedHashMap<String, Number>();
    said.entrySet().stream()
        .filter(entry -> Double.isFinite(entry.getValue().doubleValue()))
        .limit(MOST_NUMBERS)
        .forEach(entry -> numbers.put(Reports.word(entry.getKey()), within(entry.getValue())));
    return numbers;
  }

  private static Number within(Number said) {
    return Math.abs(said.doubleValue()) <= FURTHEST
        ? said
        : Math.copySign(FURTHEST, said.doubleValue());
  }

  private static Map<String, Object> check(HealthCheckResult result) {
    var columns = new LinkedHashMap<String, Object>();
    columns.put("check_id", Reports.word(result.getCheckId()));
    columns.put("healthy", result.getStatus().equals("healthy"));
    columns.put("latency_ms", result.getLatencyMs());
    columns.put("status_code", result.getStatusCode());
    if (!result.getErrorMessage().isEmpty()) {
      columns.put("error_message", AgentText.word(result.getErrorMessage(), LONGEST_ERROR));
    }
    putId(columns, "app_id", result.getAppId());
    putId(columns, "deployment_id", result.getDeployId());
    if (!result.getCommitSha().isEmpty()) {
      columns.put("commit_sha", Reports.word(result.getCommitSha()));
    }
    if (result.getTimestampNs() > 0) {
      columns.put("checked_at", Instant.ofEpochSecond(result.getTimestampNs() / NANOS));
    }
    return columns;
  }

  private static void putId(Map<String, Object> columns, String name, String text) {
    var id = AgentText.id(text);
    if (id != null) {
      columns.put(name, id);
    }
  }
}
