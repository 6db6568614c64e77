package dev.slipway.frameworktests;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.specimen.Hello;
import dev.slipway.api.spi.RestResource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** While a plugin comes, changes and goes, no request to anybody else fails. */
@ExtendWith(PlatformExtension.class)
class HotSwapIT {
  static final String GREETING = "dev.slipway.example-greeting";
  static final String NEIGHBOUR = "com.example.neighbour";
  static final int CYCLES = 20;
  static final int CYCLES_OF_ONE = 100;
  static final int CLIENTS = 4;

  final Stand stand;
  final Client client;
  @TempDir Path folder;

  HotSwapIT(Stand stand) {
    this.stand = stand;
    client = stand.client();
  }

  @Test
  void othersNoticeNothing() throws Exception {
    var neighbour = new PluginJar(NEIGHBOUR).component(Hello.class, RestResource.class);
    assertThat(client.install(neighbour.write(folder), true).status()).isEqualTo(201);
    var next = PluginJar.reversioned(stand.jars.example(), "0.2.0", folder);
    var paths =
        List.of("/api/auth/me", "/api/projects", "/api/plugins/" + NEIGHBOUR + "/hello", "/health");
    try (var watch = new Watch(stand.framework().context());
        var load = new Load(client, paths, CLIENTS)) {
      for (var cycle = 0; cycle < CYCLES; cycle++) {
        assertThat(client.install(stand.jars.example(), true).status()).isEqualTo(201);
        assertThat(client.update(GREETING, next).status()).isEqualTo(200);
        assertThat(client.disable(GREETING).status()).isEqualTo(200);
        assertThat(client.enable(GREETING).status()).isEqualTo(200);
        assertThat(client.delete(Client.PLUGINS + "/" + GREETING).status()).isEqualTo(204);
      }
      load.close();
      assertThat(load.failures).isEmpty();
      assertThat(load.answered.get()).isGreaterThan(CYCLES * CLIENTS);
      assertThat(watch.touched()).isSubsetOf(GREETING);
    } finally {
      client.purge(NEIGHBOUR);
    }
  }

  /** Of whom nothing is left, nothing can add up. */
  @Test
  void nothingIsLeftOfPluginsThatAreGone() throws Exception {
    var file = new PluginJar(NEIGHBOUR).component(Hello.class, RestResource.class).write(folder);
    comeAndGo(file);
    var before = kept();
    for (var cycle = 0; cycle < CYCLES_OF_ONE; cycle++) {
      comeAndGo(file);
    }
    assertThat(kept())
        .allSatisfy(
            (kind, alive) ->
                assertThat(alive).as(kind).isLessThan(before.get(kind) + CYCLES_OF_ONE / 10));
  }

  private void comeAndGo(Path file) {
    assertThat(client.install(file, true).status()).isEqualTo(201);
    assertThat(client.get("/api/plugins/" + NEIGHBOUR + "/hello").status()).isEqualTo(200);
    assertThat(client.delete(Client.PLUGINS + "/" + NEIGHBOUR).status()).isEqualTo(204);
  }

  /** What the framework and the component runtime have for each bundle. */
  private static Map<String, Long> kept() throws Exception {
    var alive = new TreeMap<String, Long>();
    for (var kind :
        List.of(
            "org.apache.felix.framework.BundleImpl",
            "org.apache.felix.framework.BundleWiringImpl",
            "org.apache.felix.framework.BundleWiringImpl$BundleClassLoader",
            "org.apache.felix.scr.impl.BundleComponentActivator")) {
      alive.put(kind, Heap.alive(kind));
    }
    return alive;
  }

  /** Not even requests to the plugin itself fail while another version of it takes over. */
  @Test
  void updatesDropNoRequestOfThePluginItself() throws Exception {
    var one = new PluginJar(NEIGHBOUR).component(Hello.class, RestResource.class);
    assertThat(client.install(one.write(folder), true).status()).isEqualTo(201);
    try (var load = new Load(client, List.of("/api/plugins/" + NEIGHBOUR + "/hello"), CLIENTS)) {
      for (var cycle = 1; cycle <= CYCLES; cycle++) {
        var updated = client.update(NEIGHBOUR, one.version("1.0." + cycle).write(folder));
        assertThat(updated.status()).isEqualTo(200);
      }
      load.close();
      assertThat(load.failures).isEmpty();
      assertThat(load.answered.get()).isGreaterThan(CYCLES);
    } finally {
      client.purge(NEIGHBOUR);
    }
  }
}
