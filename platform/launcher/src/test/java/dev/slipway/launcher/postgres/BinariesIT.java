package dev.slipway.launcher.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesIT {

  @TempDir private Path cache;

  @Test
  void racingUnpacksEndWithOneWholeFolder() throws Exception {
    var tasks = new ArrayList<Callable<Binaries>>();
    for (var i = 0; i < 3; i++) {
      tasks.add(() -> Binaries.unpack(cache));
    }
    try (var threads = Executors.newFixedThreadPool(tasks.size())) {
      for (var result : threads.invokeAll(tasks)) {
        assertThat(result.get().program("initdb")).isExecutable();
      }
    }
    assertThat(cache).isDirectoryNotContaining("glob:**/unpack-*");
    try (var folders = Files.list(cache)) {
      assertThat(folders).hasSize(1);
    }
  }

  @Test
  void abandonedUnpackIsSweptAndARunningOneIsNot() throws Exception {
    var old = Files.createDirectory(cache.resolve("unpack-old"));
    var young = Files.createDirectory(cache.resolve("unpack-young"));
    var yesterday = Instant.now().minus(Duration.ofDays(1));
    Files.setLastModifiedTime(old, FileTime.from(yesterday));

    var binaries = Binaries.unpack(cache);

    assertThat(old).doesNotExist();
    assertThat(young).exists();
    assertThat(binaries.major()).isEqualTo("18");
  }

  @Test
  void cacheThatOthersCanWriteToIsRefused() throws Exception {
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> Binaries.unpack(cache))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not safe");
  }
}
