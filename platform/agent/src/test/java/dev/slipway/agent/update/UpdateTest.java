package dev.slipway.agent.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdateTest {
  @TempDir Path folder;

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  @Test
  void theFirstReportEndsTheWayBack() throws IOException {
    var note = file("update.pending", "2\n");
    new Update(folder).reportedIn();
    assertThat(note).doesNotExist();
  }

  @Test
  void whoIsReplacedBeforeItsFirstReportLeavesTheNoteToItsSuccessor() throws IOException {
    var program = file("agent", "one");
    var update = new Update(folder);
    update.swap(file("fresh", "two"), program, "2");
    update.reportedIn();
    assertThat(folder.resolve("update.pending")).hasContent("2");
    assertThat(program).hasContent("two");
    assertThat(folder.resolve("agent.previous")).hasContent("one");
  }
}
