package dev.slipway.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.output.CliException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderPackerIT {
  @TempDir Path temporary;
  private Path folder;
  private final Map<String, TarArchiveEntry> entries = new LinkedHashMap<>();
  private final Map<String, String> contents = new LinkedHashMap<>();

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(temporary.resolve("folder"));
  }

  private Path file(String name, String content) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private FolderPacker.Packed pack() throws IOException {
    var archive = temporary.resolve("archive.tar.gz");
    var packed = FolderPacker.pack(folder, archive);
    try (var gzip = new GZIPInputStream(Files.newInputStream(archive));
        var tar = new TarArchiveInputStream(gzip, "UTF-8")) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        entries.put(entry.getName(), entry);
        contents.put(entry.getName(), new String(tar.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return packed;
  }

  @Test
  void honoursGitignoreInEveryFolder() throws IOException {
    file(".gitignore", "*.log\n/build/\n!keep.log\nsecret.*\n");
    file("a.log", "");
    file("keep.log", "");
    file("build/out", "");
    file("sub/build/in", "");
    file("sub/.gitignore", "!a.log\nlocal\nkeep.log\n");
    file("sub/a.log", "");
    file("sub/b.log", "");
    file("sub/keep.log", "");
    file("sub/local/x", "");
    file("sub/deep/local", "");
    file("sub/secret.txt", "");
    file("local", "");
    pack();
    assertThat(entries.keySet())
        .containsExactly(
            ".gitignore", "keep.log", "local", "sub/.gitignore", "sub/a.log", "sub/build/in");
  }

  @Test
  void neverPacksGitItself() throws IOException {
    file(".gitignore", "!.git\n");
    file(".git/config", "");
    file("module/.git", "gitdir: elsewhere");
    file("module/x", "");
    file(".github/workflow", "");
    pack();
    assertThat(entries.keySet()).containsExactly(".github/workflow", ".gitignore", "module/x");
  }

  @Test
  void keepsModesAndContentButNoOwner() throws IOException {
    Files.setPosixFilePermissions(
        file("run.sh", "#!/bin/sh"), PosixFilePermissions.fromString("rwxr-x--x"));
    Files.setPosixFilePermissions(
        file("grüße/text", "hällo"), PosixFilePermissions.fromString("rw-r-----"));
    var packed = pack();
    assertThat(entries.get("run.sh").getMode() & 0777).isEqualTo(0751);
    assertThat(entries.get("grüße/text").getMode() & 0777).isEqualTo(0640);
    assertThat(contents.get("grüße/text")).isEqualTo("hällo");
    assertThat(entries.values())
        .allSatisfy(
            entry -> {
              assertThat(entry.getUserName()).isEmpty();
              assertThat(entry.getLongUserId()).isZero();
            });
    assertThat(packed.files()).isEqualTo(2);
    assertThat(packed.size()).isEqualTo(15);
  }

  @Test
  void linksInsideStayLinksAndThoseOutsideAreLeftOut() throws IOException {
    Files.writeString(temporary.resolve("secret"), "secret");
    file("sub/real", "real");
    Files.createSymbolicLink(folder.resolve("inside"), Path.of("sub/real"));
    Files.createSymbolicLink(folder.resolve("sub/up"), Path.of("../inside"));
    Files.createSymbolicLink(folder.resolve("dangling"), Path.of("nowhere"));
    Files.createSymbolicLink(folder.resolve("out"), Path.of("../secret"));
    Files.createSymbolicLink(folder.resolve("absolute"), folder.resolve("sub/real"));
    Files.createSymbolicLink(folder.resolve("outdir"), Path.of(".."));
    // Its text stays inside; through the link before it, it does not.
    Files.createSymbolicLink(folder.resolve("sneaky"), Path.of("outdir/secret"));
    var packed = pack();
    assertThat(entries.keySet()).containsExactly("dangling", "inside", "sub/real", "sub/up");
    assertThat(entries.get("inside").isSymbolicLink()).isTrue();
    assertThat(entries.get("inside").getLinkName()).isEqualTo("sub/real");
    assertThat(packed.leftOut()).hasSize(4).allMatch(reason -> reason.contains("link out of"));
    assertThat(contents.values()).doesNotContain("secret");
  }

  @Test
  void aLinkedGitignoreIsNotRead() throws IOException {
    Files.writeString(temporary.resolve("rules"), "*\n");
    Files.createSymbolicLink(folder.resolve(".gitignore"), temporary.resolve("rules"));
    file("x", "");
    pack();
    assertThat(entries.keySet()).containsExactly("x");
  }

  @Test
  void longNamesAndBigFilesArrive() throws IOException {
    var name = "d".repeat(120) + "/" + "f".repeat(120);
    var bytes = new byte[300_000];
    new Random(1).nextBytes(bytes);
    file(name, "");
    Files.write(folder.resolve(name), bytes);
    pack();
    assertThat(entries.get(name).getSize()).isEqualTo(bytes.length);
  }

  @Test
  void theSameFolderGivesTheSameBytes() throws IOException {
    file("b", "b");
    file("a/c", "c");
    var first = temporary.resolve("1");
    var second = temporary.resolve("2");
    FolderPacker.pack(folder, first);
    FolderPacker.pack(folder, second);
    assertThat(first).hasSameBinaryContentAs(second);
  }

  @Test
  void aFolderThatIsTooLargeIsRefused() throws IOException {
    var bytes = new byte[100_000];
    new Random(1).nextBytes(bytes);
    Files.write(folder.resolve("noise"), bytes);
    assertThatThrownBy(() -> FolderPacker.pack(folder, temporary.resolve("x"), 50_000))
        .isInstanceOf(CliException.class)
        .hasMessageContaining(".gitignore");
  }
}
