package dev.slipway.telemetry;

import dev.slipway.api.platform.Traffic;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The platform's own metrics. */
@Component(service = {Metrics.class, Traffic.class})
public final class Metrics implements Traffic {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ExpositionFormats formats = ExpositionFormats.init();
  private final Counter requests;
  private final Histogram durations;
  private final Gauge streams;
  private final LongAdder answered = new LongAdder();
  private final LongAdder spent = new LongAdder();

  @Activate
  public Metrics() {
    JvmMetrics.builder().register(registry);
    requests =
        Counter.builder()
            .name("slipway_http_requests_total")
            .help("Requests by operation and status.")
            .labelNames("op", "status")
            .register(registry);
    durations =
        Histogram.builder()
            .name("slipway_http_request_seconds")
            .help("Time to answer, by operation; streams are not counted.")
            .labelNames("op")
            .classicUpperBounds(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
            .classicOnly()
            .register(registry);
    streams =
        Gauge.builder().name("slipway_http_streams").help("Open event streams.").register(registry);
  }

  /** Where other platform parts register metrics of their own. */
  public PrometheusRegistry registry() {
    return registry;
  }

  /** Counts an answered request. */
  public void answered(String operation, int status, long nanos) {
    requests.labelValues(operation, Integer.toString(status)).inc();
    durations.labelValues(operation).observe(nanos / 1e9);
    answered.increment();
    spent.add(nanos);
  }

  @Override
  public Totals totals() {
    return new Totals(answered.sum(), spent.sum());
  }

  /** Counts an event stream that opened (+1) or ended (-1). */
  public void stream(int change) {
    streams.inc(change);
  }

  /** The media type that suits the Accept header of a scraper. */
  public String contentType(@Nullable String accept) {
    return formats.findWriter(accept).getContentType();
  }

  /** Writes all metrics in the format that suits the Accept header. */
  public void write(@Nullable String accept, OutputStream out) throws IOException {
    formats.findWriter(accept).write(out, registry.scrape());
  }
}
