package dev.slipway.frameworktests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The console's pages in the framework, where templates and assets come from several loaders. */
@ExtendWith(PlatformExtension.class)
class ConsoleIT {
  static final String GREETING = "dev.slipway.example-greeting";

  static final String UPTIME = "dev.slipway.admin-page-uptime";

  final Stand stand;
  final Client client;

  ConsoleIT(Stand stand) {
    this.stand = stand;
    client = stand.client();
  }

  @Test
  void pluginAddsAPage() {
    var installed = client.install(stand.jars.uptime(), true);
    assertThat(installed.status()).as(installed.raw().body()).isEqualTo(201);
    var detail = "/console/plugins/detail/" + UPTIME;
    assertThat(client.get(detail).raw().body()).contains("<iframe sandbox", "The program has run");
    client.disable(UPTIME);
    assertThat(client.get(detail).raw().body()).doesNotContain("iframe");
  }

  @AfterEach
  void remove() {
    client.purge(UPTIME);
    client.purge(GREETING);
  }

  @Test
  void pageAboutPluginsIsServed() {
    client.install(stand.jars.example(), true);
    assertThat(client.get("/console/plugins").raw().body()).contains("<title>Plugins");
    assertThat(client.get("/console/assets/htmx.min.js").raw().body()).contains("htmx");
    assertThat(client.get("/console/plugins/assets/plugins.js").status()).isEqualTo(200);
    assertThat(client.get("/console/plugins/list").raw().body())
        .contains(GREETING, "dev.slipway.accounts", "active");
    assertThat(client.get("/console/plugins/detail/" + GREETING).raw().body())
        .contains("setting-salutation", "Hello", "events:apps.app.created");
  }
}
