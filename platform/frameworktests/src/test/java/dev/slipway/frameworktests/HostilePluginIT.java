package dev.slipway.frameworktests;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.specimen.Endless;
import com.example.specimen.Hello;
import com.example.specimen.Hostile;
import com.example.specimen.Ill;
import dev.slipway.api.spi.HealthCheck;
import dev.slipway.api.spi.RestResource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a plugin wastes, it is limited, told of, and can be stopped; others do not notice. */
@ExtendWith(PlatformExtension.class)
class HostilePluginIT {
  static final String HOSTILE = "com.example.hostile";
  static final String BASE = "/api/plugins/" + HOSTILE + "/hostile/";
  static final String DETAIL = Client.PLUGINS + "/" + HOSTILE;
  static final List<String> HOUSE = List.of("/api/auth/me", "/api/projects", "/health");

  final Client client;
  @TempDir Path folder;

  HostilePluginIT(Stand stand) {
    client = stand.client();
  }

  @AfterEach
  void remove() {
    client.post(DETAIL + "/disable?drain_seconds=0");
    client.purge(HOSTILE);
  }

  static PluginJar hostile() {
    return new PluginJar(HOSTILE).component(Hostile.class, RestResource.class);
  }

  private String failures() {
    return client.get(DETAIL).body().path("failures").toString();
  }

  @Test
  void endlessComputationEndsAtItsLimit() throws Exception {
    client.install(hostile().write(folder), true);
    try (var callers = Executors.newVirtualThreadPerTaskExecutor();
        var load = new Load(client, HOUSE, 2)) {
      // More than there are processors, and with them carriers of virtual threads.
      var spins = new ArrayList<CompletableFuture<Client.Answer>>();
      for (var i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
        spins.add(CompletableFuture.supplyAsync(() -> client.get(BASE + "spin"), callers));
      }
      for (var spin : spins) {
        assertThat(spin.get(90, TimeUnit.SECONDS).status()).isEqualTo(503);
      }
      load.close();
      assertThat(load.failures).isEmpty();
      assertThat(load.answered.get()).isGreaterThan(20);
    }
    Stand.await(() -> failures().contains("not done after"));
  }

  @Test
  void blockedThreadsAreBoundedAndFreedWhenItIsStopped() throws Exception {
    client.install(hostile().write(folder), true);
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var blocked = new ArrayList<CompletableFuture<Client.Answer>>();
      for (var i = 0; i < 40; i++) {
        blocked.add(CompletableFuture.supplyAsync(() -> client.get(BASE + "block"), callers));
      }
      Stand.await(() -> blocked.stream().filter(CompletableFuture::isDone).count() >= 8);
      for (var path : HOUSE) {
        assertThat(client.get(path).status()).isEqualTo(200);
      }
      assertThat(client.get("/metrics").raw().body())
          .contains("slipway_plugin_calls_running{plugin=\"" + HOSTILE + "\"} 32");
      assertThat(client.post(DETAIL + "/disable?drain_seconds=0").status()).isEqualTo(200);
      for (var call : blocked) {
        assertThat(call.get(60, TimeUnit.SECONDS).status()).isGreaterThanOrEqualTo(500);
      }
    }
    assertThat(client.enable(HOSTILE).at("/plugin/state")).isEqualTo("active");
  }

  @Test
  void leakedThreadIsToldOfAndInterrupted() throws Exception {
    client.install(hostile().write(folder), true);
    assertThat(client.get(BASE + "leak").status()).isEqualTo(200);
    client.disable(HOSTILE);
    assertThat(failures()).contains("left threads running", "hostile leak");
    Stand.await(
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("hostile leak")));
  }

  @Test
  void whatNobodyShouldCatchIsAnAnswer() {
    client.install(hostile().write(folder), true);
    assertThat(client.get(BASE + "throw").status()).isEqualTo(500);
    assertThat(client.get("/api/auth/me").status()).isEqualTo(200);
  }

  @Test
  void oneThatNeverGetsUpIsGivenUp() {
    var endless =
        new PluginJar(HOSTILE)
            .type(Endless.class)
            .imports("org.osgi.framework")
            .header("Bundle-Activator", Endless.class.getName());
    var refused = client.install(endless.write(folder), true);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.message()).contains("not done after");
    assertThat(client.state(HOSTILE)).isEqualTo("none");
    assertThat(client.install(hostile().write(folder), true).status()).isEqualTo(201);
  }

  @Test
  void oldVersionStaysWhereTheNewOneIsNotWell() {
    var well = new PluginJar(HOSTILE).component(Hello.class, RestResource.class);
    client.install(well.write(folder), true);
    var ill =
        new PluginJar(HOSTILE)
            .version("1.1.0")
            .component(Hello.class, RestResource.class)
            .component(Ill.class, HealthCheck.class);
    var refused = client.update(HOSTILE, ill.write(folder));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.message()).contains("not well", "the other end does not answer");
    assertThat(client.get(DETAIL).at("/plugin/version")).isEqualTo("1.0.0");
    assertThat(client.get(DETAIL).at("/plugin/state")).isEqualTo("active");
    assertThat(client.get("/api/plugins/" + HOSTILE + "/hello").status()).isEqualTo(200);
    assertThat(client.get("/health/ready").status()).isEqualTo(200);
  }
}
