package dev.slipway.agent.secret;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A new key and the certificate that it signs for itself.
 *
 * @param certificate in PEM
 * @param key in PEM, PKCS #8, not encrypted
 */
public record SelfSigned(String certificate, String key) {
  private static final Duration BEFORE = Duration.ofHours(1);
  private static final int SERIAL_BITS = 127;

  /**
   * @param name of the host that it is for
   * @param validity from now on
   */
  public static SelfSigned of(String name, Duration validity) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      var pair = generator.generateKeyPair();
      var subject = new X500Principal("CN=" + name);
      var now = Instant.now();
      var builder =
          new JcaX509v3CertificateBuilder(
              subject,
              new BigInteger(SERIAL_BITS, new SecureRandom()),
              Date.from(now.minus(BEFORE)),
              Date.from(now.plus(validity)),
              subject,
              pair.getPublic());
      var names = new GeneralNames(new GeneralName(GeneralName.dNSName, name));
      builder.addExtension(Extension.subjectAlternativeName, false, names);
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
      return new SelfSigned(
          pem(builder.build(signer)), pem(new JcaPKCS8Generator(pair.getPrivate(), null)));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("every JDK knows P-256", e);
    }
  }

  private static String pem(Object what) throws IOException {
    var text = new StringWriter();
    try (var writer = new JcaPEMWriter(text)) {
      writer.writeObject(what);
    }
    return text.toString();
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "SelfSigned";
  }
}
