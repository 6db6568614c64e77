package dev.slipway.frameworktests;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.specimen.Hello;
import dev.slipway.api.spi.RestResource;
import dev.slipway.cli.plugin.SignedJar;
import dev.slipway.cli.plugin.SigningKey;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who may bring plugins, and how that is taken back. Signed by the program that authors use. */
@ExtendWith(PlatformExtension.class)
class PluginTrustIT {
  static final String SIGNED = "com.example.signed";
  static final String HELLO = "/api/plugins/" + SIGNED + "/hello";
  static final String TRUST = "/api/admin/plugin-trust";

  final Client client;
  @TempDir Path folder;
  SigningKey key;

  PluginTrustIT(Stand stand) {
    client = stand.client();
  }

  @BeforeEach
  void key() {
    key = SigningKey.create(folder.resolve("key.pem"));
  }

  @AfterEach
  void remove() {
    client.purge(SIGNED);
    client.delete(TRUST + "/keys/" + key.id());
  }

  Path unsigned(String version) {
    return new PluginJar(SIGNED)
        .version(version)
        .component(Hello.class, RestResource.class)
        .write(folder);
  }

  Path signed() {
    var jar = unsigned("1.0.0");
    SignedJar.write(jar, key);
    return jar;
  }

  Client.Answer trust(Client who) {
    var open = Base64.getEncoder().encodeToString(key.open().getEncoded());
    return who.post(TRUST + "/keys", Map.of("name", "Example Works", "public_key", open));
  }

  @Test
  void signatureIsWorthWhatTheKeyIs() {
    assertThat(client.install(unsigned("0.9.0"), true).at("/plugin/signature/status"))
        .isEqualTo("none");
    var stranger = client.update(SIGNED, signed());
    assertThat(stranger.status()).as(stranger.raw().body()).isEqualTo(200);
    assertThat(stranger.at("/plugin/signature/status")).isEqualTo("invalid");

    assertThat(trust(client).at("/key/id")).isEqualTo(key.id());
    var known = client.get(Client.PLUGINS + "/" + SIGNED);
    assertThat(known.at("/plugin/signature/status")).isEqualTo("valid");
    assertThat(known.at("/plugin/signature/signer")).isEqualTo("Example Works");
    assertThat(trust(client).status()).isEqualTo(409);
    assertThat(client.get(TRUST).at("/signed_only")).isEqualTo("false");
  }

  @Test
  void tamperedFileIsRefusedByName() throws Exception {
    trust(client);
    var jar = signed();
    var name = Hello.class.getName().replace('.', '/') + ".class";
    try (var zip = FileSystems.newFileSystem(jar)) {
      Files.write(zip.getPath("OSGI-INF/more.xml"), new byte[] {1});
    }
    var added = client.install(jar, true);
    assertThat(added.status()).isEqualTo(422);
    assertThat(added.error()).isEqualTo("plugins.plugin.signature");
    assertThat(added.message()).contains("OSGI-INF/more.xml was added");

    try (var zip = FileSystems.newFileSystem(jar)) {
      Files.delete(zip.getPath("OSGI-INF/more.xml"));
      Files.delete(zip.getPath(name));
    }
    assertThat(client.install(jar, true).message()).contains(name + " was removed");
    assertThat(client.state(SIGNED)).isEqualTo("none");
  }

  @Test
  void revokedKeyStopsWhatItHasSigned() {
    trust(client);
    client.install(signed(), true);
    assertThat(client.get(HELLO).status()).isEqualTo(200);
    var revoked =
        client.post(TRUST + "/keys/" + key.id() + "/revoke", Map.of("reason", "a laptop was lost"));
    assertThat(revoked.status()).isEqualTo(200);
    assertThat(client.state(SIGNED)).isEqualTo("quarantined");
    assertThat(client.reason(SIGNED)).contains("Example Works", "a laptop was lost");
    assertThat(client.get(HELLO).status()).isEqualTo(503);
    assertThat(client.enable(SIGNED).status()).isEqualTo(409);
    client.purge(SIGNED);
    assertThat(client.install(signed(), false).error()).isEqualTo("plugins.plugin.untrusted");
    var forgotten = client.delete(TRUST + "/keys/" + key.id());
    assertThat(forgotten.status()).as("it is revoked for good").isEqualTo(409);
    assertThat(forgotten.error()).isEqualTo("plugins.key.revoked");
    assertThat(trust(client).status()).isEqualTo(409);
  }

  @Test
  void revokedFileStopsUntilItIsReinstated() {
    var digest = client.install(unsigned("1.0.0"), true).at("/plugin/digest");
    var files = TRUST + "/revoked-files";
    var revoked = client.post(files, Map.of("digest", digest, "reason", "it leaks"));
    assertThat(revoked.status()).isEqualTo(201);
    assertThat(client.reason(SIGNED)).contains("it leaks");
    assertThat(client.get(HELLO).status()).isEqualTo(503);
    assertThat(client.delete(files + "/" + digest).status()).isEqualTo(204);
    assertThat(client.delete(files + "/" + digest).status()).isEqualTo(404);
    assertThat(client.enable(SIGNED).at("/plugin/state")).isEqualTo("active");
  }

  @Test
  void nonsenseIsRefused() {
    var no = client.post(TRUST + "/keys", Map.of("name", "x", "public_key", "AAAA"));
    assertThat(no.status()).isEqualTo(400);
    assertThat(no.raw().body()).contains("public_key");
    var odd =
        client.post(TRUST + "/revoked-files", Map.of("digest", "z".repeat(64), "reason", "r"));
    assertThat(odd.status()).isEqualTo(400);
    assertThat(client.delete(TRUST + "/keys/" + "0".repeat(64)).status()).isEqualTo(404);
  }

  @Test
  void signedOnlyAdmitsNothingElse() throws Exception {
    try (var strict = new Stand(Map.of("slipway.plugins", "signed"))) {
      var operator = strict.client();
      assertThat(operator.get(TRUST).at("/signed_only")).isEqualTo("true");
      var refused = operator.install(unsigned("1.0.0"), false);
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.error()).isEqualTo("plugins.plugin.untrusted");
      assertThat(operator.install(signed(), false).status()).isEqualTo(422);
      trust(operator);
      assertThat(operator.install(signed(), true).at("/plugin/state")).isEqualTo("active");
      var update = operator.update(SIGNED, unsigned("1.1.0"));
      assertThat(update.status()).isEqualTo(422);
      assertThat(operator.get(HELLO).status()).isEqualTo(200);

      operator.delete(TRUST + "/keys/" + key.id());
      assertThat(operator.state(SIGNED)).isEqualTo("quarantined");
      assertThat(operator.get(HELLO).status()).isEqualTo(503);
      trust(operator);
      assertThat(operator.enable(SIGNED).at("/plugin/state")).isEqualTo("active");
    }
  }
}
