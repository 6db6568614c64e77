package dev.slipway.agent.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileIT {
  private final List<String> lines = new ArrayList<>();
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("out");
  }

  private void written(String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Test
  void whatWasReadIsBlankAndNothingElse() throws Exception {
    var output = new OutputFile(file, 0);
    written("token s3cret\nunfinished ");
    assertThat(output.read(false, lines::add)).isTrue();
    output.blank();
    assertThat(Files.readString(file)).doesNotContain("s3cret").endsWith("unfinished ");
    written("business\n");
    output.read(false, lines::add);
    output.blank();
    assertThat(lines).containsExactly("token s3cret", "unfinished business");
    assertThat(Files.readString(file)).doesNotContain("business");
  }

  @Test
  void nextLifeReadsOnAndBlanksWhatTheLastOneLeft() throws Exception {
    var first = new OutputFile(file, 0);
    written("one\n");
    first.read(false, lines::add);
    var second = new OutputFile(file, first.offset());
    written("two\n");
    second.read(false, lines::add);
    second.blank();
    assertThat(lines).containsExactly("one", "two");
    assertThat(Files.readString(file)).doesNotContain("one").doesNotContain("two");
  }

  @Test
  void muchOutputIsEmptiedAndReadOnFromTheBegin() throws Exception {
    var output = new OutputFile(file, 0);
    var line = "x".repeat(1023) + "\n";
    written(line.repeat(1024));
    while (output.read(false, lines::add)) {
      output.blank();
    }
    assertThat(file).isEmptyFile();
    written("after\n");
    output.read(false, lines::add);
    output.blank();
    assertThat(lines).hasSize(1025).endsWith("after");
  }
}
