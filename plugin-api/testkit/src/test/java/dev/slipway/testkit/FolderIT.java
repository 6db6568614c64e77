package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What a platform wrote goes with it. */
class FolderIT {
  @Test
  void closingLeavesNothingBehind() throws Exception {
    var platform = TestPlatform.start();
    var folder = platform.facts().data().getParent();
    Files.createDirectories(platform.facts().data().resolve("some/thing"));
    assertThat(folder).isNotEmptyDirectory();
    platform.close();
    assertThat(folder).doesNotExist();
  }
}
