package dev.slipway.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate that only its own holder has signed. */
record TestCertificate(String pem, SSLContext server) {
  private static final char[] PASSWORD = "changeit".toCharArray();

  /**
   * Makes one by the JDK's own tool.
   *
   * @param name whom it is for, such as {@code ip:127.0.0.1}
   */
  static TestCertificate of(Path folder, String name) throws Exception {
    var file = Files.createTempFile(folder, "mail", ".p12");
    Files.delete(file);
    var tool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "mail",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=mail.example.com",
                "-ext",
                "san=" + name,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString())
            .inheritIO()
            .start();
    if (tool.waitFor() != 0) {
      throw new IOException("keytool made no certificate");
    }
    return read(file);
  }

  private static TestCertificate read(Path file) throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance(file.toFile(), PASSWORD);
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    var text = Base64.getMimeEncoder().encodeToString(store.getCertificate("mail").getEncoded());
    return new TestCertificate(
        "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n", context);
  }
}
