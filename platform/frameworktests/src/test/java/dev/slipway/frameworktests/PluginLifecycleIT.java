package dev.slipway.frameworktests;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.specimen.Borrower;
import com.example.specimen.Hello;
import com.example.specimen.shared.Words;
import dev.slipway.api.spi.RestResource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

@ExtendWith(PlatformExtension.class)
class PluginLifecycleIT {
  static final String GREETING = "dev.slipway.example-greeting";
  static final String GREETINGS = "/api/plugins/" + GREETING + "/greetings";
  static final String LENDER = "com.example.lender";
  static final String BORROWER = "com.example.borrower";

  final Stand stand;
  final Client client;
  @TempDir Path folder;
  Watch watch;

  PluginLifecycleIT(Stand stand) {
    this.stand = stand;
    client = stand.client();
  }

  @BeforeEach
  void watch() {
    watch = new Watch(stand.framework().context());
  }

  @AfterEach
  void removeAll() {
    watch.close();
    Stream.of(GREETING, BORROWER, LENDER).forEach(client::purge);
    assertThat(watch.touched()).isSubsetOf(GREETING, BORROWER, LENDER);
  }

  @Test
  void everyBundleRunsAndEveryComponentToo() throws Exception {
    assertThat(stand.framework().failures()).isEmpty();
    assertThat(stand.framework().failedComponents()).isEmpty();
    var bundles = stand.framework().context().getBundles();
    assertThat(bundles)
        .filteredOn(bundle -> bundle.getSymbolicName().startsWith("dev.slipway."))
        .hasSizeGreaterThan(10)
        .allSatisfy(bundle -> assertThat(bundle.getState()).isEqualTo(Bundle.ACTIVE));
    var listed = client.get(Client.PLUGINS + "?kind=feature");
    assertThat(listed.at("/plugins/0/id")).isEqualTo("dev.slipway.accounts");
    assertThat(listed.at("/plugins/0/core")).isEqualTo("true");
    assertThat(listed.at("/plugins/0/api_range")).matches("\\[1\\.\\d+,2\\)");
  }

  @Test
  void exampleLivesItsWholeLife() throws Exception {
    assertThat(client.get(GREETINGS).status()).isEqualTo(404);
    var installed = client.install(stand.jars.example(), false);
    assertThat(installed.status()).as(installed.message()).isEqualTo(201);
    assertThat(installed.at("/plugin/state")).isEqualTo("disabled");
    assertDisabled();

    assertThat(client.enable(GREETING).at("/plugin/state")).isEqualTo("active");
    var greeted = client.post(GREETINGS, Map.of("name", "Ada"));
    assertThat(greeted.status()).isEqualTo(201);
    assertThat(greeted.at("/text")).isEqualTo("Hello, Ada!");
    var detail = client.get(Client.PLUGINS + "/" + GREETING);
    assertThat(detail.body().path("operations")).hasSize(2);
    assertThat(detail.at("/events/0")).isEqualTo("example-greeting.greeting.added");

    var next = PluginJar.reversioned(stand.jars.example(), "0.2.0", folder);
    assertThat(client.update(GREETING, next).at("/plugin/version")).isEqualTo("0.2.0");
    assertThat(client.get(GREETINGS).at("/total")).isEqualTo("1");

    assertThat(client.disable(GREETING).at("/plugin/state")).isEqualTo("disabled");
    assertDisabled();
    var last = PluginJar.reversioned(stand.jars.example(), "0.3.0", folder);
    assertThat(client.update(GREETING, last).at("/plugin/state")).isEqualTo("disabled");
    assertDisabled();

    assertThat(client.delete(Client.PLUGINS + "/" + GREETING).status()).isEqualTo(204);
    assertThat(client.get(GREETINGS).status()).isEqualTo(404);
    assertThat(client.get(Client.PLUGINS + "/" + GREETING).status()).isEqualTo(404);
  }

  private void assertDisabled() {
    var answer = client.get(GREETINGS);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.error()).isEqualTo("plugin.disabled");
    assertThat(answer.raw().body()).contains(GREETING);
  }

  @Test
  void dataStaysUnlessItIsPurged() {
    client.install(stand.jars.example(), true);
    client.post(GREETINGS, Map.of("name", "Grace"));
    client.delete(Client.PLUGINS + "/" + GREETING);
    client.install(stand.jars.example(), true);
    assertThat(client.get(GREETINGS).at("/total")).isEqualTo("1");
    client.delete(Client.PLUGINS + "/" + GREETING + "?purge=true");
    client.install(stand.jars.example(), true);
    assertThat(client.get(GREETINGS).at("/total")).isEqualTo("0");
  }

  @Test
  void installedOnceIsNotInstalledAgain() throws Exception {
    client.install(stand.jars.example(), false);
    var again = client.install(stand.jars.example(), false);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.raw().body()).contains(GREETING, "0.1.0");
    assertThat(client.update(GREETING, stand.jars.example()).status()).isEqualTo(409);
    var other = new PluginJar("com.example.other").write(folder);
    var mixed = client.update(GREETING, other);
    assertThat(mixed.status()).isEqualTo(409);
    assertThat(mixed.raw().body()).contains("com.example.other", GREETING);
    // The refused uploads have not taken the installed file with them.
    assertThat(client.enable(GREETING).status()).isEqualTo(200);
  }

  @Test
  void requestsInFlightAreWaitedFor() throws Exception {
    client.install(
        new PluginJar(LENDER).component(Hello.class, RestResource.class).write(folder), true);
    var begun = folder.resolve("begun");
    var go = folder.resolve("go");
    var path = "/api/plugins/" + LENDER + "/hello/slow?begun=" + begun + "&file=" + go;
    var slow = CompletableFuture.supplyAsync(() -> client.get(path));
    Stand.await(() -> Files.exists(begun));
    var disabled =
        CompletableFuture.supplyAsync(
            () -> client.post(Client.PLUGINS + "/" + LENDER + "/disable?drain_seconds=60"));
    Stand.await(() -> client.get("/api/plugins/" + LENDER + "/hello").status() == 503);
    assertThat(client.state(LENDER)).isEqualTo("stopping");
    Files.createFile(go);
    assertThat(slow.get(60, TimeUnit.SECONDS).at("/hello")).isEqualTo("at last");
    assertThat(disabled.get(60, TimeUnit.SECONDS).at("/plugin/state")).isEqualTo("disabled");
  }

  @Test
  void dependentsAreNamedAndStoppedFirst() {
    var lender =
        new PluginJar(LENDER)
            .type(Words.class)
            .header("Export-Package", "com.example.specimen.shared;version=1.0.0");
    var borrower =
        new PluginJar(BORROWER)
            .imports("com.example.specimen.shared;version=\"[1.0,2)\"")
            .component(Borrower.class, RestResource.class)
            .write(folder);
    client.install(lender.write(folder), false);
    var early = client.install(borrower, true);
    assertThat(early.status()).isEqualTo(409);
    assertThat(early.raw().body()).contains(LENDER, "disabled");
    client.enable(LENDER);
    assertThat(client.install(borrower, true).status()).isEqualTo(201);
    assertThat(client.get("/api/plugins/" + BORROWER + "/word").at("/word")).isEqualTo("borrowed");

    var lent = client.get(Client.PLUGINS + "/" + LENDER);
    assertThat(lent.at("/plugin/dependents/0")).isEqualTo(BORROWER);
    var update = client.update(LENDER, lender.version("1.1.0").write(folder));
    for (var refused :
        new Client.Answer[] {
          client.disable(LENDER), client.delete(Client.PLUGINS + "/" + LENDER), update
        }) {
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.raw().body()).contains(BORROWER);
    }
    var cascade = client.post(Client.PLUGINS + "/" + LENDER + "/disable?cascade=true");
    assertThat(cascade.at("/plugin/state")).isEqualTo("disabled");
    assertThat(client.state(BORROWER)).isEqualTo("disabled");
    var alone = client.enable(BORROWER);
    assertThat(alone.status()).isEqualTo(409);
    assertThat(alone.raw().body()).contains(LENDER);
  }

  @Test
  void platformIsNotForSale() {
    for (var core :
        new String[] {"dev.slipway.accounts", "dev.slipway.plugins", "dev.slipway.http"}) {
      assertThat(client.disable(core).error()).isEqualTo("plugins.plugin.core");
      assertThat(client.delete(Client.PLUGINS + "/" + core).status()).isEqualTo(409);
    }
    assertThat(client.delete(Client.PLUGINS + "/dev.slipway.logs").status()).isEqualTo(409);
    assertThat(client.disable("com.example.unknown").status()).isEqualTo(404);
    var bounds = client.post(Client.PLUGINS + "/dev.slipway.logs/disable?drain_seconds=61");
    assertThat(bounds.status()).isEqualTo(400);
    assertThat(bounds.raw().body()).contains("drain_seconds");
  }

  @Test
  void eventsAreStreamedAndResumed() throws Exception {
    var id = "";
    try (var lines = client.lines(Client.PLUGINS + "/events", "")) {
      CompletableFuture.runAsync(
          () -> {
            client.install(stand.jars.example(), true);
            client.disable(GREETING);
          });
      var seen = lines.filter(line -> line.startsWith("id:")).limit(1).toList();
      id = seen.getFirst().substring(3).strip();
    }
    try (var lines = client.lines(Client.PLUGINS + "/events", id)) {
      var rest = lines.filter(line -> line.startsWith("event:")).limit(1).toList();
      assertThat(rest).containsExactly("event: plugins.plugin.disabled");
    }
    Stand.await(() -> client.state(GREETING).equals("disabled"));
  }
}
