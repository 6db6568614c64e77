package dev.slipway.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.PlatformException;
import dev.slipway.store.json.PlatformJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginFolderTest {
  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  @TempDir Path path;
  PluginFolder folder;
  final Map<String, byte[]> entries = new LinkedHashMap<>();

  @BeforeEach
  void soundPlugin() {
    folder = new PluginFolder(path, new PlatformJson());
    manifest("Bundle-SymbolicName: com.example.sound;x=y\nBundle-Version: 1.2.3\n");
    entry("plugin.json", "{\"id\":\"com.example.sound\",\"version\":\"1.2.3\",\"api\":\"[1,2)\"}");
  }

  private void manifest(String headers) {
    entry(MANIFEST, "Manifest-Version: 1.0\n" + headers);
  }

  private void entry(String name, String text) {
    entries.put(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] zip() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private void assertRefused(InputStream bytes, String reason) throws IOException {
    assertThatThrownBy(() -> folder.receive(bytes))
        .isInstanceOfSatisfying(
            PlatformException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(PluginError.NOT_A_BUNDLE))
        .hasMessageContaining(reason);
    try (var left = Files.list(path)) {
      assertThat(left).isEmpty();
    }
  }

  private void assertRefused(String reason) throws IOException {
    assertRefused(new ByteArrayInputStream(zip()), reason);
  }

  @Test
  void soundOneIsKeptUnderItsNameAndDigest() throws IOException {
    try (var upload = folder.receive(new ByteArrayInputStream(zip()))) {
      assertThat(upload.manifest().id()).isEqualTo("com.example.sound");
      assertThat(upload.digest()).isEqualTo(PluginFolder.hex(upload.path()));
      assertThat(upload.fileName()).startsWith("com.example.sound-1.2.3-").endsWith(".jar");
      upload.keep();
      assertThat(path.resolve(upload.fileName())).isRegularFile();
    }
    try (var left = Files.list(path)) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void oneThatIsNotKeptIsGone() throws IOException {
    folder.receive(new ByteArrayInputStream(zip())).close();
    try (var left = Files.list(path)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void leftoversAreSweptAndTheWantedStay() throws IOException {
    for (var name : new String[] {"a.jar", "b.jar", "upload-1.part", "notes.txt"}) {
      Files.writeString(path.resolve(name), name);
    }
    folder.sweep(Set.of("a.jar"));
    try (var left = Files.list(path)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("a.jar", "notes.txt");
    }
  }

  @Test
  void whatIsNoZipIsRefused() throws IOException {
    assertRefused(new ByteArrayInputStream(new byte[0]), "no sound jar");
    assertRefused(new ByteArrayInputStream("PK nonsense".getBytes(StandardCharsets.UTF_8)), "jar");
  }

  @Test
  void truncatedAndFlippedFilesAreRefused() throws IOException {
    entry("data", "x".repeat(10_000) + Math.PI);
    var whole = zip();
    assertRefused(new ByteArrayInputStream(whole, 0, whole.length / 2), "no sound jar");
    var at = new String(whole, StandardCharsets.ISO_8859_1).indexOf("data") + 8;
    whole[at] ^= 0x55;
    assertRefused(new ByteArrayInputStream(whole), "no sound jar");
  }

  @Test
  void bombIsRefused() throws IOException {
    entries.put("zeros", new byte[257 << 20]);
    assertRefused("unpacks to more than 256 MiB");
  }

  @Test
  void endlessUploadIsCutOff() throws IOException {
    var endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            return length;
          }
        };
    assertRefused(endless, "larger than 64 MiB");
  }

  @Test
  void tooManyEntriesAreRefused() throws IOException {
    for (var i = 0; i <= 20_000; i++) {
      entry("e/" + i, "");
    }
    assertRefused("more than 20000 entries");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../escape", "a/../../escape", "/etc/passwd", "a\\b", "..", "a/.."})
  void namesThatLeadOutAreRefused(String name) throws IOException {
    entry(name, "x");
    assertRefused("leads out of it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bundle-SymbolicName: nodots\n",
        "Bundle-SymbolicName: com..example\n",
        "Bundle-SymbolicName: com.example/../../x\n",
        "Bundle-SymbolicName: com.example.sound; singleton := true\n",
        "Bundle-SymbolicName: com.example.sound;singleton:=\"true\"\n",
        "Bundle-SymbolicName: com.example.sound\nBundle-Version: 1.2.3\nFragment-Host: a.b\n",
        "Bundle-SymbolicName: com.example.sound\nBundle-Version: one\n",
        "Bundle-SymbolicName: com.example.sound\nBundle-Version: 1.2.4\n",
        "Bundle-SymbolicName: com.example.other\nBundle-Version: 1.2.3\n",
        "Bundle-Version: 1.2.3\n",
        "nonsense\n"
      })
  void badManifestsAreRefused(String headers) throws IOException {
    manifest(headers);
    assertRefused("The file is no valid plugin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{\"id\":5e999}",
        "{\"id\":{}}",
        "{\"events\":[null]}",
        "{\"settings\":[]}",
        "{\"events\":\"one\"}"
      })
  void badDescriptionsAreRefused(String json) throws IOException {
    entry("plugin.json", json);
    assertRefused("plugin.json");
  }

  @Test
  void deepDescriptionIsRefused() throws IOException {
    entry("plugin.json", "{\"settings\":" + "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_001));
    assertRefused("plugin.json is malformed");
  }

  @Test
  void hugeTextsAreRefused() throws IOException {
    entry("plugin.json", " ".repeat(300_000));
    assertRefused("larger than 256 KiB");
    soundPlugin();
    manifest("X: y\n".repeat(60_000));
    assertRefused("larger than 256 KiB");
  }

  @Test
  void missingPartsAreNamed() throws IOException {
    entries.remove("plugin.json");
    assertRefused("no plugin.json");
    entries.remove(MANIFEST);
    assertRefused("no META-INF/MANIFEST.MF");
  }
}
