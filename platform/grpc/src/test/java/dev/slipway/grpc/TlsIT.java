package dev.slipway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsIT {
  @TempDir Path folder;

  @Test
  void servesTlsAndPlaintextBesideIt() throws Exception {
    var pair = keyPair();
    try (var listener =
        new Listener(
            new ListenerSettings(
                ListenerIT.LOOPBACK, pair, null, ListenerSettings.PING_ALLOWED, Duration.ZERO),
            KnownCallers.ADMISSION)) {
      listener.add(new Words("test.Words", word -> word));
      var trusting =
          NettyChannelBuilder.forAddress("localhost", listener.port())
              .sslContext(
                  GrpcSslContexts.forClient().trustManager(pair.certificate().toFile()).build())
              .build();
      assertThat(answers(trusting)).isTrue();
      var plain =
          NettyChannelBuilder.forAddress("localhost", listener.port()).usePlaintext().build();
      assertThat(answers(plain)).isFalse();
    }
  }

  private static boolean answers(ManagedChannel channel) throws Exception {
    try {
      return ClientStream.open(channel, Words.say("test.Words")).send("x").half().status().isOk();
    } finally {
      channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }
  }

  private ListenerSettings.KeyPair keyPair() throws Exception {
    var store = folder.resolve("pair.p12");
    var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var made =
        new ProcessBuilder(
                tool,
                "-genkeypair",
                "-alias",
                "x",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.txt").toFile())
            .start();
    assertThat(made.waitFor(60, TimeUnit.SECONDS)).isTrue();
    var keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    var key = keys.getKey("x", "changeit".toCharArray());
    return new ListenerSettings.KeyPair(
        pem("CERTIFICATE", keys.getCertificate("x").getEncoded()),
        pem("PRIVATE KEY", key.getEncoded()));
  }

  private Path pem(String what, byte[] der) throws IOException {
    var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        folder.resolve(what.replace(' ', '-')),
        "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
  }
}
