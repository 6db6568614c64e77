package dev.slipway.frameworktests;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.specimen.Borrower;
import com.example.specimen.shared.Words;
import dev.slipway.api.spi.RestResource;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a file would do is told before it does it, and nothing has happened then. */
@ExtendWith(PlatformExtension.class)
class PluginOutlookIT {
  static final String LENDER = "com.example.lending";
  static final String BORROWER = "com.example.borrowing";

  final Stand stand;
  final Client client;
  @TempDir Path folder;

  PluginOutlookIT(Stand stand) {
    this.stand = stand;
    client = stand.client();
  }

  @AfterEach
  void remove() {
    Stream.of(BORROWER, LENDER).forEach(client::purge);
  }

  Client.Answer look(PluginJar jar) {
    return client.upload("POST", "/api/admin/plugin-outlook", jar.write(folder));
  }

  static PluginJar lender() {
    return new PluginJar(LENDER)
        .type(Words.class)
        .header("Export-Package", "com.example.specimen.shared;version=1.0.0");
  }

  static PluginJar borrower() {
    return new PluginJar(BORROWER)
        .imports("com.example.specimen.shared;version=\"[1.0,2)\"")
        .member("permissions", "[\"events:apps.*\"]")
        .component(Borrower.class, RestResource.class);
  }

  @Test
  void whatIsMissingIsNamed() {
    var alone = look(borrower());
    assertThat(alone.status()).as(alone.raw().body()).isEqualTo(200);
    assertThat(alone.at("/resolves")).isEqualTo("false");
    assertThat(alone.at("/missing/0")).contains("com.example.specimen.shared");
    assertThat(alone.at("/asked/0")).isEqualTo("events:apps.*");
    assertThat(client.state(BORROWER)).isEqualTo("none");

    client.install(lender().write(folder), true);
    var together = look(borrower());
    assertThat(together.at("/resolves")).isEqualTo("true");
    assertThat(together.at("/uses/0")).isEqualTo(LENDER);
    assertThat(look(new PluginJar(BORROWER).api("[9,10)")).at("/missing/0")).contains("[9,10)");
    assertThat(look(new PluginJar(BORROWER).api("often")).status()).isEqualTo(400);
  }

  @Test
  void whatWouldHaveToRestartIsNamed() throws Exception {
    client.install(lender().write(folder), true);
    client.install(borrower().write(folder), true);
    try (var watch = new Watch(stand.framework().context())) {
      var next = look(lender().version("1.1.0"));
      assertThat(next.at("/installed")).isEqualTo("1.0.0");
      assertThat(next.at("/touched/0")).isEqualTo(BORROWER);
      assertThat(watch.touched()).isSubsetOf(LENDER);
    }
    assertThat(client.get("/api/plugins/" + BORROWER + "/word").status()).isEqualTo(200);
  }
}
