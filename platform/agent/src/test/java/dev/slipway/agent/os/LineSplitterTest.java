package dev.slipway.agent.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
  private final List<String> lines = new ArrayList<>();
  private final LineSplitter splitter = new LineSplitter(lines::add);

  private void feed(String... parts) throws Exception {
    for (var part : parts) {
      var bytes = part.getBytes(StandardCharsets.UTF_8);
      splitter.accept(bytes, 0, bytes.length);
    }
    splitter.finish();
  }

  @Test
  void linesEndAtEveryKindOfEnd() throws Exception {
    feed("a\nb\r", "\nc\rd\n\ne");
    assertThat(lines).containsExactly("a", "b", "c", "d", "", "e");
  }

  @Test
  void longLinesAreCutAndMarked() throws Exception {
    feed("x".repeat(20_000), "y\nnext");
    assertThat(lines.get(0))
        .hasSize(16 * 1024 + "...[truncated]".length())
        .endsWith("...[truncated]");
    assertThat(lines.get(1)).isEqualTo("next");
  }

  @Test
  void charactersMayBeSplitBetweenReads() throws Exception {
    var bytes = "é\n".getBytes(StandardCharsets.UTF_8);
    splitter.accept(bytes, 0, 1);
    splitter.accept(bytes, 1, 2);
    assertThat(lines).containsExactly("é");
  }
}
