package dev.slipway.http.stream;

import dev.slipway.api.PlatformException;
import dev.slipway.api.event.Signals;
import dev.slipway.api.rest.Sse;
import dev.slipway.http.json.JsonBodies;
import dev.slipway.http.request.Exchange;
import dev.slipway.telemetry.Metrics;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an event stream going on its request's virtual thread. A stream ends when its source says
 * so, its bundle stops, the client is gone, or after ten minutes: the client then comes back with
 * its last id, and with a credential that is checked again.
 */
public final class SseWriter implements MessageBodyWriter<Sse> {
  private static final long PING_NANOS = TimeUnit.SECONDS.toNanos(15);

  /** A comment for those who follow the standard, an event for those who wait for one. */
  private static final byte[] PING =
      ": ping\nevent: ping\ndata: {}\n\n".getBytes(StandardCharsets.UTF_8);

  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final Signals signals;
  private final Metrics metrics;

  /** Waits for signals between batches. */
  public SseWriter(Signals signals, Metrics metrics) {
    this.signals = signals;
    this.metrics = metrics;
  }

  @Override
  public boolean isWriteable(Class<?> type, Type generic, Annotation[] notes, MediaType media) {
    return type == Sse.class;
  }

  @Override
  public void writeTo(
      Sse stream,
      Class<?> type,
      Type generic,
      Annotation[] notes,
      MediaType media,
      MultivaluedMap<String, Object> headers,
      OutputStream out)
      throws IOException {
    if (Exchange.current().verb().equals("HEAD")) {
      return;
    }
    var more = new Semaphore(0);
    var bundle = Objects.requireNonNull(Exchange.current().bound()).bundle();
    metrics.stream(1);
    try (var woken = signals.on(stream.topic(), more::release);
        var stopped = bundle.stream(more::release)) {
      // Asked before anything is written, so that a refusal still becomes an answer of its own.
      var first = stream.source().after(stream.from());
      out.write("retry: 2000\n\n".getBytes(StandardCharsets.UTF_8));
      out.flush();
      follow(stream, first, out, more, bundle::closing);
    } catch (IOException | PlatformException known) {
      throw known;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (Exception failure) {
      throw new IllegalStateException("event stream failed", failure);
    } finally {
      metrics.stream(-1);
    }
  }

  private static void follow(
      Sse stream, Sse.Batch first, OutputStream out, Semaphore more, BooleanSupplier closing)
      throws IOException, InterruptedException {
    var started = System.nanoTime();
    var spoken = started;
    var batch = first;
    var last = stream.from();
    while (!closing.getAsBoolean() && System.nanoTime() - started < LONGEST_NANOS) {
      last = write(batch, out, last);
      if (batch.last()) {
        return;
      }
      if (!batch.events().isEmpty()) {
        spoken = System.nanoTime();
      } else {
        // Others' signals wake it too: silence is counted from what this client has heard.
        var silence = spoken + PING_NANOS - System.nanoTime();
        if (silence <= 0 || !more.tryAcquire(silence, TimeUnit.NANOSECONDS)) {
          out.write(PING);
          out.flush();
          spoken = System.nanoTime();
        }
      }
      more.drainPermits();
      batch = stream.source().after(last);
    }
  }

  private static @Nullable String write(Sse.Batch batch, OutputStream out, @Nullable String last)
      throws IOException {
    var id = last;
    for (var event : batch.events()) {
      id = event.id();
      var text = new StringBuilder("id: ").append(id).append('\n');
      if (event.name() != null) {
        text.append("event: ").append(event.name()).append('\n');
      }
      text.append("data: ").append(JsonBodies.write(event.data())).append("\n\n");
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    if (!batch.events().isEmpty()) {
      out.flush();
    }
    return id;
  }
}
