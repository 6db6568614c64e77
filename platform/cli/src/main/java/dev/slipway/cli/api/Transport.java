package dev.slipway.cli.api;

import dev.slipway.cli.config.Timeouts;
import dev.slipway.cli.output.CliException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Sends requests and bounds every wait and every answer. Redirects are not followed: they would
 * carry the token to a place that the user has not named.
 */
public final class Transport implements AutoCloseable {
  private static final long MAX_ANSWER = 32L * 1024 * 1024;

  private final HttpClient client;
  private final Timeouts timeouts;

  public Transport(Timeouts timeouts) {
    this.timeouts = timeouts;
    this.client =
        HttpClient.newBuilder()
            // The upgrade to HTTP/2 on a plain connection costs a round trip and gains nothing.
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeouts.connect())
            .build();
  }

  Timeouts timeouts() {
    return timeouts;
  }

  Answer send(HttpRequest request) {
    var started = System.nanoTime();
    return send(request, () -> started, timeouts.response());
  }

  /** The wait is counted anew from each part of the body that the connection has taken. */
  Answer upload(HttpRequest request, WatchedBody body) {
    return send(request, body::lastTaken, timeouts.idle());
  }

  /** Opens a stream; what is not a 200 is returned whole. */
  HttpResponse<StreamBody> open(HttpRequest request) {
    var started = System.nanoTime();
    var future =
        client.sendAsync(
            request,
            info ->
                info.statusCode() == 200
                    ? new ChunkQueue()
                    : BodySubscribers.mapping(
                        BodySubscribers.limiting(BodySubscribers.ofByteArray(), MAX_ANSWER),
                        StreamBody.Whole::new));
    return await(request.uri(), future, () -> started, timeouts.response());
  }

  /** Does not wait for streams that are still open. */
  @Override
  public void close() {
    client.shutdownNow();
  }

  private Answer send(HttpRequest request, LongSupplier lastActivity, Duration limit) {
    var handler = BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER);
    var response = await(request.uri(), client.sendAsync(request, handler), lastActivity, limit);
    return new Answer(response.statusCode(), response.headers(), response.body());
  }

  private static <T> T await(
      URI to, CompletableFuture<T> future, LongSupplier lastActivity, Duration limit) {
    try {
      while (true) {
        var left = limit.toNanos() - (System.nanoTime() - lastActivity.getAsLong());
        try {
          return future.get(Math.max(left, 0), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
          if (System.nanoTime() - lastActivity.getAsLong() >= limit.toNanos()) {
            throw UnreachableException.timedOut(to, e);
          }
        }
      }
    } catch (InterruptedException e) {
      throw CliException.interrupted(e);
    } catch (ExecutionException e) {
      throw failure(to, e.getCause() == null ? e : e.getCause());
    } finally {
      future.cancel(true);
    }
  }

  private static RuntimeException failure(URI to, Throwable cause) {
    return switch (cause) {
      case HttpConnectTimeoutException e -> UnreachableException.notConnected(to, e);
      case ConnectException e -> UnreachableException.notConnected(to, e);
      case IOException e -> UnreachableException.broken(to, e);
      case RuntimeException e -> e;
      default -> new IllegalStateException(cause);
    };
  }
}
