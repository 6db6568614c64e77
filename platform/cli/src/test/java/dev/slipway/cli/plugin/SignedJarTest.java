package dev.slipway.cli.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.output.CliException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Signature;
import java.util.Base64;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedJarTest {
  @TempDir Path folder;

  @Test
  void keyIsReadBackAndNeverWrittenOver() throws Exception {
    var file = folder.resolve("key.pem");
    var key = SigningKey.create(file);
    assertThat(SigningKey.read(file).id()).isEqualTo(key.id()).matches("[0-9a-f]{64}");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThatThrownBy(() -> SigningKey.create(file)).isInstanceOf(CliException.class);
    var open = folder.resolve("key.pub");
    Files.writeString(open, key.publicText());
    assertThat(SigningKey.readPublic(open))
        .isEqualTo(SigningKey.readPublic(file))
        .isEqualTo(Base64.getEncoder().encodeToString(key.open().getEncoded()));
    assertThatThrownBy(() -> SigningKey.read(open)).hasMessageContaining("key.pub");
  }

  @Test
  void everyFileIsInTheSignedList() throws Exception {
    var jar = folder.resolve("a.jar");
    try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (var name : new String[] {"META-INF/MANIFEST.MF", "x/y.txt"}) {
        out.putNextEntry(new ZipEntry(name));
        out.write(name.getBytes(StandardCharsets.UTF_8));
      }
    }
    var key = SigningKey.create(folder.resolve("key.pem"));
    SignedJar.write(jar, SigningKey.create(folder.resolve("other.pem")));
    SignedJar.write(jar, key);
    try (var in = new ZipFile(jar.toFile())) {
      var sums = in.getInputStream(in.getEntry("META-INF/slipway.sums")).readAllBytes();
      assertThat(new String(sums, StandardCharsets.UTF_8).lines())
          .hasSize(2)
          .allMatch(line -> line.matches("[0-9a-f]{64}  (META-INF/MANIFEST.MF|x/y.txt)"));
      var lines =
          new String(
              in.getInputStream(in.getEntry("META-INF/slipway.sig")).readAllBytes(),
              StandardCharsets.UTF_8);
      var verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key.open());
      verifier.update(sums);
      var signature = lines.lines().skip(1).findFirst().orElseThrow().split(" ")[1];
      assertThat(verifier.verify(Base64.getDecoder().decode(signature))).isTrue();
      assertThat(in.size()).isEqualTo(4);
    }
  }
}
