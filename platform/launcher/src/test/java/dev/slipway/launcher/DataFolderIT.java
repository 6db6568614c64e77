package dev.slipway.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderIT {

  private static final Version VERSION = new Version(1, 2, 3);

  @TempDir private Path dir;

  @Test
  void masterKeyIsMadeOnceAndForTheOwnerOnly() throws Exception {
    try (var data = take(VERSION)) {
      var key = data.masterKey();
      var text = Files.readString(key);
      assertThat(Base64.getDecoder().decode(text.strip())).hasSize(32);
      assertThat(mode(key)).isEqualTo("rw-------");
      assertThat(mode(key.getParent())).isEqualTo("rwx------");
      assertThat(Files.readString(data.masterKey())).isEqualTo(text);
    }
  }

  @Test
  void firstPasswordIsKeptUntilTheFolderIsInitialised() throws Exception {
    try (var data = take(VERSION)) {
      assertThat(data.isFresh()).isTrue();
      data.keepFirstPassword("secret");
    }
    try (var data = take(VERSION)) {
      assertThat(data.firstPassword()).contains("secret");
      data.markInitialised();
      assertThat(data.isFresh()).isFalse();
      assertThat(data.firstPassword()).isEmpty();
    }
  }

  @Test
  void olderFolderIsTakenAndMarked() throws Exception {
    take(new Version(1, 2, 2)).close();
    take(VERSION).close();
    assertThat(dir.resolve("data/version")).hasContent("1.2.3");
    assertThatThrownBy(() -> take(new Version(1, 2, 2)))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("written by version 1.2.3, this is 1.2.2");
  }

  @Test
  void refusedFolderIsNotLocked() throws Exception {
    take(VERSION).close();
    assertThatThrownBy(() -> take(new Version(0, 1, 0))).isInstanceOf(StartFailure.class);
    take(VERSION).close();
  }

  @Test
  void fileInPlaceOfTheFolderIsRefused() throws Exception {
    Files.writeString(dir.resolve("data"), "");
    assertThatThrownBy(() -> take(VERSION))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("cannot be used");
  }

  private DataFolder take(Version version) throws StartFailure {
    return DataFolder.take(dir.resolve("data"), version);
  }

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
