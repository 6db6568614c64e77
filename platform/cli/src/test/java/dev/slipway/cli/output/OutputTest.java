package dev.slipway.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Terminal terminal(InputStream in, boolean colour) {
    return new Terminal(in, new PrintStream(out), new PrintStream(err), false, colour);
  }

  private Output output(boolean json, boolean colour) {
    return new Output(terminal(InputStream.nullInputStream(), colour), json);
  }

  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    var table = new Table("A", "LONG").row("wide cell", null).row("ü", "x");
    assertThat(table.lines()).containsExactly("A          LONG", "wide cell  -", "ü          x");
  }

  @Test
  void coloursTakeNoRoom() {
    var painted = output(false, true).status("failed");
    assertThat(painted).isEqualTo("\u001b[31mfailed\u001b[0m");
    var lines = new Table().row(painted, "x").row("longer one", "y").lines();
    assertThat(lines.getFirst()).isEqualTo(painted + "      x");
    assertThat(output(false, false).status("failed")).isEqualTo("failed");
  }

  @Test
  void jsonAloneGoesToStdout() {
    var output = output(true, false);
    output.note("a note");
    output.error("a fault", List.of("field: bad"));
    output.list(JsonNodeFactory.instance.arrayNode(), "things", Table::new);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("[ ]\n");
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("a note", "a fault", "  field: bad");
  }

  @Test
  void nothingFromOutsideReachesTheTerminalAsACommand() {
    assertThat(SafeText.line("a\u001b]0;title\u0007b\u001b[2Jc\u009b5md\u202ee\nf\u0000g\u001b"))
        .isEqualTo("abc5mde fg");
    assertThat(SafeText.coloured("\u001b[31mred\u001b[2J\u001b[Hdone"))
        .isEqualTo("\u001b[31mreddone\u001b[0m");
    assertThat(SafeText.coloured("plain\ttext")).isEqualTo("plain\ttext");
  }

  @Test
  void stdinIsReadByLineOrWhole() {
    var text = "first\r\nsecond\n".getBytes(StandardCharsets.UTF_8);
    assertThat(terminal(new ByteArrayInputStream(text), false).readLine()).isEqualTo("first");
    assertThat(terminal(new ByteArrayInputStream(text), false).readAll())
        .isEqualTo("first\r\nsecond");
  }
}
