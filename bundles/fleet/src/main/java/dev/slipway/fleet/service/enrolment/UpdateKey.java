package dev.slipway.fleet.service.enrolment;

import dev.slipway.api.Scope;
import dev.slipway.api.security.Secrets;
import dev.slipway.data.Database;
import dev.slipway.fleet.store.local.LocalStore;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The Ed25519 key that vouches for agents' programs. Agents learn its public half when they are
 * installed, and take no program that it did not sign.
 */
@Component(service = UpdateKey.class)
public final class UpdateKey {
  private static final Scope EVERYONE = Scope.platform("the key of agents' programs");
  private static final String PLACE = "fleet_update_key/private";
  private static final String ALGORITHM = "Ed25519";

  private final PrivateKey key;
  private final String publicKey;

  @Activate
  public UpdateKey(
      @Reference Database db, @Reference LocalStore store, @Reference Secrets secrets) {
    var kept = db.write(EVERYONE, () -> store.updateKey(fresh(secrets)));
    publicKey = kept.publicKey();
    try {
      var encoded = Base64.getDecoder().decode(secrets.open(null, PLACE, kept.sealed()));
      key = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static LocalStore.UpdateKeys fresh(Secrets secrets) {
    try {
      var pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      var base64 = Base64.getEncoder();
      return new LocalStore.UpdateKeys(
          base64.encodeToString(pair.getPublic().getEncoded()),
          secrets.seal(null, PLACE, base64.encodeToString(pair.getPrivate().getEncoded())));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The public half: X.509 encoding in base64. */
  public String publicKey() {
    return publicKey;
  }

  /** The signature of a program in base64. */
  public String sign(String version, String arch, String sha256) {
    try {
      var signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key);
      signature.update(
          ("slipway-agent\n" + version + "\n" + arch + "\n" + sha256 + "\n")
              .getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
