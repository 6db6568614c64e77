package dev.slipway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.PlatformException;
import dev.slipway.telemetry.Metrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PluginCallsTest {
  private static final String PLUGIN = "com.example.guest";
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(50);

  private final Metrics metrics = new Metrics();
  private final PluginCalls calls = new PluginCalls(metrics);
  private final List<String> troubles = new ArrayList<>();

  PluginCallsTest() {
    calls.onTrouble((plugin, message) -> troubles.add(plugin + ": " + message));
  }

  @AfterEach
  void close() {
    calls.close();
  }

  private <T> T call(Duration atMost, java.util.concurrent.Callable<T> work) throws Exception {
    return calls.call(PLUGIN, getClass().getClassLoader(), atMost, work);
  }

  @Test
  void runsOnANamedPlatformThreadAndPassesFailuresOn() throws Exception {
    var thread = call(LONG, Thread::currentThread);
    assertThat(thread.isVirtual()).isFalse();
    assertThat(thread.isDaemon()).isTrue();
    assertThat(thread.getName()).startsWith("plugin " + PLUGIN);
    assertThatThrownBy(
            () ->
                call(
                    LONG,
                    () -> {
                      throw new IOException("disk full");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("disk full");
    assertThat(troubles).isEmpty();
  }

  @Test
  void lateOneIsInterruptedAndReported() throws Exception {
    var interrupted = new CompletableFuture<Boolean>();
    assertThatThrownBy(
            () ->
                call(
                    SHORT,
                    () -> {
                      try {
                        new CountDownLatch(1).await();
                      } catch (InterruptedException told) {
                        interrupted.complete(true);
                      }
                      return true;
                    }))
        .isInstanceOf(PlatformException.class);
    assertThat(interrupted.get()).isTrue();
    assertThat(troubles).singleElement().asString().contains(PLUGIN, "50 ms");
    assertThat(scrape()).contains("outcome=\"late\",plugin=\"" + PLUGIN + "\"");
  }

  @Test
  void oneThatTakesAllItsThreadsIsRefusedAndOthersAreNot() throws Exception {
    var go = new CountDownLatch(1);
    var inside = new CountDownLatch(PluginCalls.MOST);
    var waiting = new ArrayList<Thread>();
    for (var i = 0; i < PluginCalls.MOST; i++) {
      waiting.add(
          Thread.startVirtualThread(
              () -> {
                try {
                  call(
                      LONG,
                      () -> {
                        inside.countDown();
                        go.await();
                        return true;
                      });
                } catch (Exception failure) {
                  throw new IllegalStateException(failure);
                }
              }));
    }
    inside.await();
    assertThat(calls.running(PLUGIN)).isEqualTo(PluginCalls.MOST);
    assertThatThrownBy(() -> call(LONG, () -> true)).isInstanceOf(PlatformException.class);
    assertThat(
            calls.<Boolean>call("com.example.other", getClass().getClassLoader(), LONG, () -> true))
        .isTrue();
    go.countDown();
    for (var thread : waiting) {
      thread.join();
    }
    assertThat(call(LONG, () -> true)).isTrue();
  }

  @Test
  void forgottenOneIsInterruptedAndLeavesNoMetric() throws Exception {
    var inside = new CountDownLatch(1);
    var ended = new CompletableFuture<Throwable>();
    Thread.startVirtualThread(
        () -> {
          try {
            call(
                LONG,
                () -> {
                  inside.countDown();
                  new CountDownLatch(1).await();
                  return true;
                });
          } catch (Exception failure) {
            ended.complete(failure);
          }
        });
    inside.await();
    calls.forget(PLUGIN);
    assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    assertThat(calls.running(PLUGIN)).isZero();
  }

  private String scrape() throws IOException {
    var out = new ByteArrayOutputStream();
    metrics.write(null, out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
