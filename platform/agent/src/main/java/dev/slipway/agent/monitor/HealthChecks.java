package dev.slipway.agent.monitor;

import dev.slipway.agent.os.ProcFs;
import dev.slipway.proto.agent.v1.HealthCheckConfig;
import dev.slipway.proto.agent.v1.HealthCheckResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * Runs the configured checks, each on a virtual thread of its own, and keeps the results for the
 * next heartbeat. A new configuration replaces all checks. Thread-safe.
 */
public final class HealthChecks implements AutoCloseable {
  private static final int MOST_CHECKS = 256;
  private static final int MOST_RESULTS = 4096;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");
  private static final Set<String> TYPES = Set.of("http", "tcp", "process");

  private final Addresses addresses;
  private final Deque<HealthCheckResult> results = new ArrayDeque<>();
  private final List<Thread> running = new ArrayList<>();
  private int reported;

  /** Finds instances by name, so that a check may name one as its host. */
  @FunctionalInterface
  public interface Addresses {
    Optional<InetSocketAddress> of(String instance, int port);
  }

  public HealthChecks(Addresses addresses) {
    this.addresses = addresses;
  }

  /** Returns how many checks are kept; those of unknown types are not. */
  public int configure(List<HealthCheckConfig> configs) {
    var kept =
        configs.stream()
            .filter(c -> TYPES.contains(c.getType()) && ID.matcher(c.getId()).matches())
            .limit(MOST_CHECKS)
            .toList();
    synchronized (running) {
      close();
      for (var check : kept) {
        running.add(Thread.ofVirtual().name("check-" + check.getId()).start(() -> repeat(check)));
      }
    }
    return kept.size();
  }

  private void repeat(HealthCheckConfig check) {
    var interval =
        Duration.ofSeconds(check.getIntervalSeconds() <= 0 ? 10 : check.getIntervalSeconds());
    try {
      // Spread, so that many checks do not start in one moment.
      Thread.sleep(ThreadLocalRandom.current().nextLong(Math.min(1000, interval.toMillis())));
      while (true) {
        keep(run(check));
        Thread.sleep(interval);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void keep(HealthCheckResult result) {
    synchronized (results) {
      if (results.size() == MOST_RESULTS) {
        results.removeFirst();
        reported = Math.max(0, reported - 1);
      }
      results.addLast(result);
    }
  }

  /** All results since the last heartbeat that was {@link #confirm}ed. */
  public List<HealthCheckResult> report() {
    synchronized (results) {
      reported = results.size();
      return List.copyOf(results);
    }
  }

  /** The heartbeat with the last report arrived. */
  public void confirm() {
    synchronized (results) {
      for (; reported > 0 && !results.isEmpty(); reported--) {
        results.removeFirst();
      }
    }
  }

  private record Outcome(boolean healthy, int status, String fault) {}

  private HealthCheckResult run(HealthCheckConfig check) {
    var limit = Duration.ofMillis(check.getTimeoutMs() <= 0 ? 5000 : check.getTimeoutMs());
    var started = System.nanoTime();
    var outcome =
        switch (check.getType()) {
          case "http" -> http(check, limit);
          case "tcp" -> tcp(check.getTarget(), limit);
          default -> process(check.getTarget());
        };
    var now = Instant.now();
    return HealthCheckResult.newBuilder()
        .setCheckId(check.getId())
        .setStatus(outcome.healthy() ? "healthy" : "unhealthy")
        .setLatencyMs((System.nanoTime() - started) / 1_000_000)
        .setStatusCode(outcome.status())
        .setErrorMessage(outcome.fault())
        .setAppId(check.getAppId())
        .setDeployId(check.getDeployId())
        .setTimestampNs(now.getEpochSecond() * 1_000_000_000L + now.getNano())
        .setDeployTimestamp(check.getDeployTimestamp())
        .setCommitSha(check.getCommitSha())
        .setPrevDeployId(check.getPrevDeployId())
        .build();
  }

  private Outcome http(HealthCheckConfig check, Duration limit) {
    int expected = check.getExpectedStatus() <= 0 ? 200 : check.getExpectedStatus();
    try {
      int status = HttpProbe.status(resolved(URI.create(check.getTarget())), limit);
      return status == expected
          ? new Outcome(true, status, "")
          : new Outcome(false, status, "status " + status + " instead of " + expected);
    } catch (IOException | IllegalArgumentException e) {
      return new Outcome(false, 0, describe(e));
    }
  }

  /** Puts the address of an instance in the place of its name. */
  private URI resolved(URI target) throws IOException {
    var host = target.getHost();
    if (host == null) {
      throw new IOException("the target is not a URL");
    }
    int port = target.getPort() > 0 ? target.getPort() : 80;
    return addresses
        .of(host, port)
        .map(
            a ->
                URI.create(
                    "http://"
                        + a.getAddress().getHostAddress()
                        + ":"
                        + a.getPort()
                        + (target.getRawPath().isEmpty() ? "/" : target.getRawPath())
                        + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery())))
        .orElse(target);
  }

  private Outcome tcp(String target, Duration limit) {
    int colon = target.lastIndexOf(':');
    try (var socket = new Socket()) {
      var host = target.substring(0, Math.max(colon, 0));
      int port = Integer.parseInt(target.substring(colon + 1));
      var address = addresses.of(host, port);
      socket.connect(
          address.isPresent()
              ? address.get()
              : new InetSocketAddress(InetAddress.getByName(host), port),
          (int) limit.toMillis());
      return new Outcome(true, 0, "");
    } catch (IOException | IllegalArgumentException e) {
      return new Outcome(false, 0, describe(e));
    }
  }

  private static Outcome process(String part) {
    boolean found =
        !part.isBlank()
            && ProcFs.processes().stream()
                .anyMatch(p -> ProcFs.commandLine(p.pid()).contains(part));
    return new Outcome(found, 0, found ? "" : "no such process");
  }

  private static String describe(Exception fault) {
    var message = fault.getMessage();
    var text = message == null ? fault.getClass().getSimpleName() : message;
    return text.substring(0, Math.min(text.length(), 300));
  }

  /** Ends all checks. */
  @Override
  public void close() {
    synchronized (running) {
      running.forEach(Thread::interrupt);
      running.clear();
    }
  }
}
