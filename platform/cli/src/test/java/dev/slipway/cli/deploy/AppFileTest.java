package dev.slipway.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.cli.output.CliException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AppFileTest {
  private static AppFile parse(String json) throws IOException {
    return AppFile.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsWhatItKnows() throws IOException {
    var file = parse("{\"name\":\"x\",\"port\":80,\"build_command\":null,\"env\":{\"N\":1}}");
    assertThat(file.name()).isEqualTo("x");
    assertThat(file.fields().toString()).isEqualTo("{\"port\":80,\"build_command\":null}");
    assertThat(file.env()).containsEntry("N", "1");
  }

  @Test
  void namesEveryFault() {
    assertThatThrownBy(
            () -> parse("{\"name\":3,\"port\":\"80\",\"x\":1,\"env\":{\"1a\":\"\",\"b\":{}}}"))
        .isInstanceOf(CliException.class)
        .hasMessageContainingAll("name must", "port must", "'x'", "'1a'", "b must");
    assertThatThrownBy(() -> parse("[]")).hasMessageContaining("object");
    assertThatThrownBy(() -> parse("{\n \"port\": }")).hasMessageContaining("line 2");
    assertThatThrownBy(() -> parse("{\"port\":1,\"port\":2}")).hasMessageContaining("uplicate");
  }

  @Test
  void onlyDifferencesAreChanges() throws IOException {
    var current = new JsonMapper().readTree("{\"port\":80,\"start_command\":\"a\"}");
    var wanted = parse("{\"port\":80,\"start_command\":null,\"build_command\":null}").fields();
    assertThat(AppSettings.changes(current, wanted).toString())
        .isEqualTo("{\"start_command\":null}");
  }

  @Test
  void foldersNameTheirApp() {
    assertThat(AppNames.of(Path.of("/x/Mein Café_2/"))).isEqualTo("mein-cafe-2");
    assertThat(AppNames.of(Path.of("/"))).isEqualTo("app");
    assertThat(AppNames.slug("--日本--")).isEqualTo("app");
    assertThat(AppNames.slug("a".repeat(62) + "-b")).hasSize(62);
  }
}
