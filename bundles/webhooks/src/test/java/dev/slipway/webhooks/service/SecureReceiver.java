package dev.slipway.webhooks.service;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.slipway.webhooks.service.Receiver.Received;
import dev.slipway.webhooks.service.Receiver.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A receiver over TLS whose certificate this Java machine trusts. */
public final class SecureReceiver implements AutoCloseable {
  private static final String PASSWORD = "for tests only";
  private final Receiver receiver;

  private SecureReceiver(Receiver receiver) {
    this.receiver = receiver;
  }

  /** Starts one; must come before anything else uses TLS. */
  public static SecureReceiver trusted(Path folder) throws Exception {
    var context = context(certificate(folder));
    SSLContext.setDefault(context);
    var server =
        HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return new SecureReceiver(new Receiver(server, request -> Reply.of(200)));
  }

  public String url() {
    return "https://127.0.0.1:" + receiver.port() + "/hook";
  }

  public List<Received> await(int count) {
    return receiver.await(count);
  }

  @Override
  public void close() {
    receiver.close();
  }

  private static SSLContext context(KeyStore store) throws Exception {
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  /** Self-signed, made by the JDK's own tool. */
  private static KeyStore certificate(Path folder) throws Exception {
    var file = folder.resolve("keys.p12").toString();
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var command =
        (keytool + " -genkeypair -alias self -keyalg EC -dname CN=receiver -ext san=ip:127.0.0.1")
            + " -validity 2 -storetype PKCS12 -keystore";
    var arguments = new java.util.ArrayList<>(List.of(command.split(" ")));
    arguments.addAll(List.of(file, "-storepass", PASSWORD));
    var made = new ProcessBuilder(arguments).redirectErrorStream(true).start();
    var output = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (made.waitFor() != 0) {
      throw new IOException("keytool: " + output);
    }
    var store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(Path.of(file))) {
      store.load(in, PASSWORD.toCharArray());
    }
    // As a certificate entry too: a key entry alone is no trust anchor.
    store.setCertificateEntry("anchor", store.getCertificate("self"));
    return store;
  }
}
