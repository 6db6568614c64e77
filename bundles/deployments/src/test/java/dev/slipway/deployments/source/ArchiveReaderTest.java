package dev.slipway.deployments.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.api.ErrorKind;
import dev.slipway.api.PlatformException;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.TestArchive;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.FileMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives of honest tools, and of others. */
class ArchiveReaderTest {
  final InMemoryRepository repository = new InMemoryRepository(new DfsRepositoryDescription("t"));

  @AfterEach
  void close() {
    repository.close();
  }

  DirCache read(InputStream archive) throws IOException {
    try (var inserter = repository.newObjectInserter()) {
      var index = new ArchiveReader(archive).fill(inserter);
      inserter.flush();
      return index;
    }
  }

  DirCache read(byte[] archive) {
    try {
      return read(new ByteArrayInputStream(archive));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  Map<String, String> files(byte[] archive) throws IOException {
    var index = read(archive);
    var files = new LinkedHashMap<String, String>();
    for (var at = 0; at < index.getEntryCount(); at++) {
      var entry = index.getEntry(at);
      var bytes = repository.open(entry.getObjectId()).getBytes();
      files.put(entry.getPathString(), new String(bytes, StandardCharsets.UTF_8));
    }
    return files;
  }

  void assertInvalid(TestArchive archive, String reason) {
    assertInvalid(archive.gzipped(), reason);
  }

  void assertInvalid(byte[] archive, String reason) {
    assertRefused(DeploymentsError.ARCHIVE_INVALID, archive, reason);
  }

  void assertRefused(DeploymentsError code, byte[] archive, String reason) {
    var refusal = catchThrowableOfType(PlatformException.class, () -> read(archive));
    assertThat(refusal).as("a refusal").isNotNull();
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal).hasMessageContaining(reason);
  }

  @Test
  void aFolderBecomesATree() throws IOException {
    var archive =
        new TestArchive()
            .folder("./")
            .file("./a.txt", "one")
            .folder("./sub/")
            .file("./sub/b", "")
            .link("./link", "sub/b");
    assertThat(files(archive.gzipped()))
        .containsExactly(
            Map.entry("a.txt", "one"), Map.entry("link", "sub/b"), Map.entry("sub/b", ""));
  }

  @Test
  void modesAreKeptAsFarAsGitKnowsThem() {
    var index =
        read(
            new TestArchive()
                .file("plain", "x", 0600)
                .file("run", "x", 0755)
                .file("setuid", "x", 04755)
                .link("link", "run")
                .gzipped());
    assertThat(index.getEntry("plain").getFileMode()).isEqualTo(FileMode.REGULAR_FILE);
    assertThat(index.getEntry("run").getFileMode()).isEqualTo(FileMode.EXECUTABLE_FILE);
    assertThat(index.getEntry("setuid").getFileMode()).isEqualTo(FileMode.EXECUTABLE_FILE);
    assertThat(index.getEntry("link").getFileMode()).isEqualTo(FileMode.SYMLINK);
  }

  @Test
  void longAndForeignNamesAreKept() throws IOException {
    var name = "ordner/" + "ü".repeat(150) + "/" + "n".repeat(200);
    assertThat(files(TestArchive.of(name, "x"))).containsExactly(Map.entry(name, "x"));
  }

  @Test
  void theLastOfTwoOfTheSameNameCounts() throws IOException {
    var archive = new TestArchive().file("a", "one").file("./a", "two");
    assertThat(files(archive.gzipped())).containsExactly(Map.entry("a", "two"));
  }

  @Test
  void aLargeFileIsReadWhole() throws IOException {
    var content = "0123456789abcdef".repeat(1 << 16);
    var id = read(TestArchive.of("large", content)).getEntry("large").getObjectId();
    assertThat(repository.newObjectReader().open(id).getSize()).isEqualTo(1 << 20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/etc/passwd", "../a", "a/../../b", ".git/config", "sub/.GIT/hooks/x", "a\u0001b"})
  void aFileOutsideIsRefused(String name) {
    assertInvalid(new TestArchive().file(name, "x"), "no path inside the folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/abs/", "../up/", "a/../b/", ".git/"})
  void aFolderOutsideIsRefused(String name) {
    assertInvalid(new TestArchive().folder(name).file("a", "x"), "no path inside the folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"git~1/config", ".git./config", ".git /config"})
  void aNameThatOtherSystemsTakeForGitsOwnIsNeverAnError(String name) {
    try {
      assertThat(read(TestArchive.of(name, "x")).getEntryCount()).isEqualTo(1);
    } catch (PlatformException refusal) {
      assertThat(refusal.code()).isEqualTo(DeploymentsError.ARCHIVE_INVALID);
    }
  }

  @ParameterizedTest
  @CsvSource({"a, /etc/passwd", "a, ../b", "x/a, ../../b", "a, .git/config", "a, ''"})
  void aLinkOutIsRefused(String name, String target) {
    assertInvalid(new TestArchive().link(name, target), "a link out of the folder");
  }

  @Test
  void aLongLinkIsRefused() {
    assertInvalid(new TestArchive().link("a", "b/".repeat(3000)), "a link out of the folder");
  }

  @ParameterizedTest
  @ValueSource(
      bytes = {
        TarConstants.LF_LINK,
        TarConstants.LF_CHR,
        TarConstants.LF_BLK,
        TarConstants.LF_FIFO,
        'Z'
      })
  void whatIsNeitherFileNorFolderNorLinkIsRefused(byte kind) {
    assertInvalid(
        new TestArchive().file("a", "x").entry("b", kind, "a"), "neither a file nor a folder");
  }

  @Test
  void aSparseFileIsRefused() {
    var archive = new TestArchive().entry("a", TarConstants.LF_GNUTYPE_SPARSE, "").file("b", "x");
    assertRefusedSomehow(archive.gzipped());
  }

  void assertRefusedSomehow(byte[] archive) {
    assertThatThrownBy(() -> read(archive))
        .isInstanceOfSatisfying(
            PlatformException.class,
            refusal ->
                assertThat(refusal.code().kind()).isIn(ErrorKind.INVALID, ErrorKind.TOO_LARGE));
  }

  @Test
  void oneNameCanNotBeAFileAndAFolder() {
    assertInvalid(new TestArchive().file("a", "x").file("a/b", "y"), "a is a file and a folder");
    assertInvalid(new TestArchive().file("a/b", "y").file("a", "x"), "a is a file and a folder");
    assertInvalid(new TestArchive().link("a", "b").file("a/b", "y"), "a is a file and a folder");
  }

  @Test
  void aNameThatIsNoUtf8StaysInside() {
    var tar = new TestArchive().file("xx.txt", "x").tar();
    tar[0] = (byte) 0xc3;
    tar[1] = (byte) 0x28;
    // The checksum of the header: the sum of its bytes, its own field as blanks.
    Arrays.fill(tar, 148, 156, (byte) ' ');
    var sum = 0;
    for (var at = 0; at < 512; at++) {
      sum += tar[at] & 0xff;
    }
    var octal = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(octal, 0, tar, 148, octal.length);
    var path = read(TestArchive.gzip(tar)).getEntry(0).getPathString();
    assertThat(TreePath.of(path)).isEqualTo(path).endsWith(".txt");
  }

  @Test
  void nothingIsNoArchive() {
    assertInvalid(new byte[0], "no whole gzipped tar");
    assertInvalid(TestArchive.gzip(new byte[0]), "no file in it");
    assertInvalid(new TestArchive(), "no file in it");
    assertInvalid(new TestArchive().folder("a/"), "no file in it");
  }

  @Test
  void otherThingsAreNoArchive() {
    assertInvalid("plain text".getBytes(StandardCharsets.UTF_8), "no whole gzipped tar");
    assertInvalid(new TestArchive().file("a", "x").tar(), "no whole gzipped tar");
    assertRefusedSomehow(TestArchive.gzip("no tar ".repeat(1000).getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aTruncatedArchiveIsRefusedWhereverItEnds() {
    var random = new java.util.Random(7);
    var content = new StringBuilder();
    for (var at = 0; at < 5000; at++) {
      content.append((char) ('a' + random.nextInt(26)));
    }
    var whole = TestArchive.of("a", content.toString());
    for (var length = 0; length < whole.length - 8; length += 97) {
      assertInvalid(Arrays.copyOf(whole, length), "no whole gzipped tar");
    }
    var tar = new TestArchive().file("a", content.toString()).tar();
    for (var length : new int[] {100, 511, 513, 1024, 4000, 5500}) {
      assertRefusedSomehow(TestArchive.gzip(Arrays.copyOf(tar, length)));
    }
  }

  @Test
  void aFlippedBitIsNoticed() {
    var archive = TestArchive.of("a", "some content that is long enough to be packed somehow");
    archive[archive.length / 2] ^= 0x10;
    assertRefusedSomehow(archive);
  }

  @ParameterizedTest
  @ValueSource(longs = {(1L << 30) + 1, 1L << 40, Long.MAX_VALUE})
  void aFileThatSaysItIsTooLargeIsNotRead(long size) {
    var archive = new TestArchive().file("a", "x").claim("b", size).gzipped();
    assertRefused(DeploymentsError.ARCHIVE_TOO_LARGE, archive, "more than 1 GiB");
  }

  @Test
  void aFileThatIsShorterThanItSaysIsRefused() {
    var archive = new TestArchive().file("a", "x").claim("b", 1L << 29);
    assertInvalid(TestArchive.gzip(archive.tar()), "no whole gzipped tar");
  }

  @Test
  void tooManyFilesAreRefused() {
    var archive = new TestArchive();
    for (var number = 1; number <= 20_000; number++) {
      archive.file("f" + number, "");
    }
    assertThat(read(archive.gzipped()).getEntryCount()).isEqualTo(20_000);
    var more = new TestArchive();
    for (var number = 1; number <= 20_001; number++) {
      more.file("f" + number, "");
    }
    assertRefused(DeploymentsError.ARCHIVE_TOO_LARGE, more.gzipped(), "more than 20000 files");
  }

  @Test
  void endlessFoldersAndRepetitionsAreRefused() throws IOException {
    assertThatThrownBy(() -> read(endless(new TestArchive().folder("a/").tar())))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("more than 40000 entries");
    assertThatThrownBy(() -> read(endless(new TestArchive().file("a", "x").tar())))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("more than 40000 entries");
  }

  /** The first kilobyte of a tar over and over, packed. */
  static InputStream endless(byte[] tar) throws IOException {
    var block = Arrays.copyOf(tar, tar[512] == 0 ? 512 : 1024);
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      for (var count = 0; count < 100_000; count++) {
        gzip.write(block);
      }
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  @ParameterizedTest
  @ValueSource(
      bytes = {
        TarConstants.LF_GNUTYPE_LONGNAME,
        TarConstants.LF_GNUTYPE_LONGLINK,
        TarConstants.LF_PAX_EXTENDED_HEADER_LC,
        TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER
      })
  void aNameOfMegabytesIsNotKeptInMemory(byte kind) throws IOException {
    var header = new byte[512];
    var entry =
        new org.apache.commons.compress.archivers.tar.TarArchiveEntry("././@LongLink", kind, true);
    entry.setSize(64L << 20);
    entry.writeEntryHeader(header);
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(header);
      var block = new byte[1 << 20];
      Arrays.fill(block, (byte) 'a');
      for (var megabyte = 0; megabyte < 64; megabyte++) {
        gzip.write(block);
      }
    }
    assertRefusedSomehow(bytes.toByteArray());
  }

  @Test
  void aConnectionThatBreaksIsNoFaultOfTheArchive() {
    var half = Arrays.copyOf(TestArchive.of("a", "x".repeat(100)), 40);
    var breaking =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("gone");
          }
        };
    assertThatThrownBy(
            () -> read(new SequenceInputStream(new ByteArrayInputStream(half), breaking)))
        .isInstanceOf(IOException.class)
        .hasMessage("gone");
  }
}
