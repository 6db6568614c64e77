package dev.slipway.agent.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileTreeIT {
  private static final FileTree.Bounds BOUNDS = new FileTree.Bounds(100, 10_000);

  @TempDir Path folder;
  private Path source;
  private Path target;

  @BeforeEach
  void make() throws Exception {
    source = Files.createDirectories(folder.resolve("source"));
    target = folder.resolve("target");
    Files.createDirectories(source.resolve("a/b"));
    Files.writeString(source.resolve("a/b/file"), "content");
  }

  @Test
  void copiesAllButGit() throws Exception {
    Files.createDirectories(source.resolve(".git/objects"));
    Files.writeString(source.resolve("a/.git"), "gitdir: elsewhere");
    Files.createSymbolicLink(source.resolve("a/link"), Path.of("b/file"));
    Files.createSymbolicLink(source.resolve("a/b/up"), Path.of("../../a"));
    FileTree.copy(source, target, false, BOUNDS);
    assertThat(target.resolve("a/b/file")).hasContent("content");
    assertThat(target.resolve("a/link")).isSymbolicLink().hasContent("content");
    assertThat(target.resolve(".git")).doesNotExist();
    assertThat(target.resolve("a/.git")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/etc/passwd", "../../../etc/passwd", "../..", "b/../../../x", "./b/../../.."})
  void linksOutOfTheTreeAreRefused(String destination) throws Exception {
    Files.createSymbolicLink(source.resolve("a/link"), Path.of(destination));
    assertThatThrownBy(() -> FileTree.copy(source, target, false, BOUNDS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a/link");
  }

  @Test
  void twoLinksThatLeadOutTogetherAreRefused() throws Exception {
    Files.createSymbolicLink(source.resolve("here"), Path.of("."));
    Files.createSymbolicLink(source.resolve("out"), Path.of("here/.."));
    assertThatThrownBy(() -> FileTree.copy(source, target, false, BOUNDS))
        .isInstanceOf(IOException.class);
  }

  @Test
  void boundsHold() throws Exception {
    Files.write(source.resolve("big"), new byte[20_000]);
    assertThatThrownBy(() -> FileTree.copy(source, target, false, BOUNDS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("more than");
  }

  @Test
  void deleteDoesNotFollowLinks() throws Exception {
    var outside = Files.createDirectories(folder.resolve("outside"));
    Files.writeString(outside.resolve("precious"), "x");
    Files.createSymbolicLink(source.resolve("out"), outside);
    FileTree.delete(source);
    FileTree.delete(source);
    assertThat(source).doesNotExist();
    assertThat(outside.resolve("precious")).exists();
  }
}
