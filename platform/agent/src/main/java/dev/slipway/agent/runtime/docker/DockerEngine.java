package dev.slipway.agent.runtime.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.slipway.agent.runtime.AppRuntime;
import dev.slipway.agent.runtime.RuntimeRefusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to a Docker-compatible engine: one client for calls, with a time limit, and one
 * for streams, which may be silent for long. Thread-safe.
 */
final class DockerEngine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DockerEngine.class);
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration CALL = Duration.ofSeconds(90);
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final int CONNECTIONS = 64;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FIRST_FAULT = 400;

  private final DockerHttpClient bare;
  private final DockerClient calls;
  private final DockerClient streams;
  private AppRuntime.Engine state = new AppRuntime.Engine(false, "");
  private long lookedAt = Long.MIN_VALUE;

  DockerEngine(URI host) {
    var config =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost(host.toString())
            .build();
    bare = transport(config, CALL);
    calls = DockerClientImpl.getInstance(config, bare);
    streams = DockerClientImpl.getInstance(config, transport(config, null));
  }

  private static DockerHttpClient transport(
      DefaultDockerClientConfig config, @Nullable Duration responses) {
    var transport =
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(config.getDockerHost())
            .maxConnections(CONNECTIONS)
            .connectionTimeout(CONNECT);
    if (responses != null) {
      transport.responseTimeout(responses);
    }
    return transport.build();
  }

  /** For calls that answer within their limit. */
  DockerClient calls() {
    return calls;
  }

  /** For logs, builds, pulls and commands inside containers; the caller sets a limit. */
  DockerClient streams() {
    return streams;
  }

  /** Whether the engine answers, as of a few seconds ago. */
  synchronized AppRuntime.Engine state() {
    var now = System.nanoTime();
    if (lookedAt == Long.MIN_VALUE || now - lookedAt > LOOK.toNanos()) {
      lookedAt = now;
      state = look();
    }
    return state;
  }

  private AppRuntime.Engine look() {
    try {
      var version = call(() -> calls.versionCmd().exec().getVersion());
      return new AppRuntime.Engine(true, version);
    } catch (IOException | RuntimeRefusal e) {
      if (state.reachable()) {
        LOG.warn("The engine no longer answers: {}", e.getMessage());
      }
      return new AppRuntime.Engine(false, "");
    }
  }

  /** Something asked of the engine. */
  interface Call<T> {
    T run();
  }

  /**
   * Turns the client's unchecked faults into ours: what the engine refuses, and what keeps it from
   * answering.
   */
  <T> T call(Call<T> call) throws RuntimeRefusal, IOException {
    try {
      return call.run();
    } catch (NotFoundException e) {
      throw new RuntimeRefusal("not found: " + shortened(e));
    } catch (DockerException e) {
      throw new RuntimeRefusal("the engine refused: " + shortened(e));
    } catch (RuntimeException e) {
      // The transport throws bare RuntimeExceptions around its I/O faults.
      if (e.getCause() instanceof IOException || e.getClass() == RuntimeException.class) {
        throw new IOException("the engine does not answer: " + e.getMessage(), e);
      }
      throw e;
    }
  }

  /** Asks what the client has no words for. */
  JsonNode ask(String method, String path, byte @Nullable [] body)
      throws RuntimeRefusal, IOException {
    return call(
        () -> {
          var request = DockerHttpClient.Request.builder().method(method).path(path);
          if (body != null) {
            request.putHeader("Content-Type", "application/json").bodyBytes(body);
          }
          try (var answer = bare.execute(request.build())) {
            var text = new String(answer.getBody().readAllBytes(), StandardCharsets.UTF_8);
            if (answer.getStatusCode() >= FIRST_FAULT) {
              throw new DockerException(text, answer.getStatusCode());
            }
            return JSON.readTree(text);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  static String shortened(DockerException fault) {
    var message = fault.getMessage() == null ? "" : fault.getMessage();
    // The engine's own words stand in {"message":"…"} behind a status line.
    int start = message.indexOf("\"message\":\"");
    int end = message.lastIndexOf("\"}");
    var words = start >= 0 && end > start ? message.substring(start + 11, end) : message;
    return words.substring(0, Math.min(words.length(), 500)).strip();
  }

  @Override
  public void close() {
    for (var client : new DockerClient[] {calls, streams}) {
      try {
        client.close();
      } catch (IOException e) {
        LOG.debug("A connection to the engine was closed badly", e);
      }
    }
  }
}
