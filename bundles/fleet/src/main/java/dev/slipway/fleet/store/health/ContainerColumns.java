package dev.slipway.fleet.store.health;

import dev.slipway.fleet.store.health.SampleStore.Sample;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Samples of containers, column by column: most of what is written at all. As JSON, reading them
 * would cost the database more than storing them.
 *
 * @param at microseconds since 1970
 */
public record ContainerColumns(
    UUID[] tenantId,
    UUID[] serverId,
    Long[] at,
    String[] name,
    @Nullable String[] status,
    @Nullable Double[] cpuPercent,
    @Nullable Long[] memoryUsedMb,
    @Nullable Long[] memoryLimitMb,
    @Nullable Long[] networkRxBytes,
    @Nullable Long[] networkTxBytes,
    @Nullable Long[] restartCount) {

  static ContainerColumns of(List<Sample> samples) {
    return new ContainerColumns(
        column(samples, UUID[]::new, Sample::tenantId),
        column(samples, UUID[]::new, Sample::serverId),
        column(samples, Long[]::new, sample -> micros(sample.at())),
        column(samples, String[]::new, sample -> text(sample, "name", "")),
        column(samples, String[]::new, sample -> text(sample, "status", null)),
        column(samples, Double[]::new, sample -> number(sample, "cpu_percent")),
        column(samples, Long[]::new, sample -> whole(sample, "memory_used_mb")),
        column(samples, Long[]::new, sample -> whole(sample, "memory_limit_mb")),
        column(samples, Long[]::new, sample -> whole(sample, "network_rx_bytes")),
        column(samples, Long[]::new, sample -> whole(sample, "network_tx_bytes")),
        column(samples, Long[]::new, sample -> whole(sample, "restart_count")));
  }

  private static <T> T[] column(
      List<Sample> samples, IntFunction<T[]> array, Function<Sample, @Nullable T> value) {
    return samples.stream().map(value).toArray(array);
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  private static @Nullable String text(Sample sample, String column, @Nullable String otherwise) {
    return sample.values().get(column) instanceof String text ? text : otherwise;
  }

  private static @Nullable Double number(Sample sample, String column) {
    return sample.values().get(column) instanceof Number number ? number.doubleValue() : null;
  }

  private static @Nullable Long whole(Sample sample, String column) {
    return sample.values().get(column) instanceof Number number ? number.longValue() : null;
  }
}
