package dev.slipway.fleet.service.enrolment;

import dev.slipway.api.Scope;
import dev.slipway.api.platform.Json;
import dev.slipway.api.security.Secrets;
import dev.slipway.data.Database;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.service.Secret;
import dev.slipway.fleet.store.local.LocalStore;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Signed tokens that let a machine enrol itself in a tenant. Nothing is stored of one: what it
 * grants stands in it. The platform's other tokens live for hours only, and of those an expired one
 * can not be told from a forged one.
 */
@Component(service = InstallTokens.class)
public final class InstallTokens {
  /** How long a token opens anything. */
  public static final Duration LIFETIME = Duration.ofHours(24);

  private static final Scope EVERYONE = Scope.platform("the key of install tokens");
  private static final String PLACE = "fleet_signing_key/install";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int LONGEST = 8 * 1024;

  private final Json json;
  private final SecretKeySpec key;

  @Activate
  public InstallTokens(
      @Reference Database db,
      @Reference LocalStore store,
      @Reference Secrets secrets,
      @Reference Json json) {
    this.json = json;
    // Not when the first token is issued: that is within a tenant's unit of work.
    var fresh = secrets.seal(null, PLACE, Secret.fresh());
    var sealed = db.write(EVERYONE, () -> store.signingKey(fresh));
    var text = secrets.open(null, PLACE, sealed);
    key = new SecretKeySpec(text.getBytes(StandardCharsets.US_ASCII), ALGORITHM);
  }

  /**
   * What a token grants.
   *
   * @param tenantId where the server will be
   * @param name of the server; null = the machine's host name
   * @param previousId the server that the machine was before; null where it says by its machine id
   * @param issuedBy who issued it, for the limit of trades; null in old tokens
   * @param onceId makes it good for one registration; null for any number
   */
  public record Grant(
      UUID tenantId,
      @Nullable String name,
      Map<String, Object> labels,
      Instant expiresAt,
      @Nullable UUID previousId,
      @Nullable String issuedBy,
      @Nullable UUID onceId) {
    /** The same for a machine that was enrolled before. */
    Grant forPrevious(UUID previous) {
      return new Grant(tenantId, name, labels, expiresAt, previous, issuedBy, onceId);
    }

    /** The same until later. */
    Grant until(Instant later) {
      return new Grant(tenantId, name, labels, later, previousId, issuedBy, onceId);
    }
  }

  String issue(Grant grant) {
    var content = encoded(json.write(grant).getBytes(StandardCharsets.UTF_8));
    return content + "." + encoded(signature(content));
  }

  /**
   * The grant of a token; refuses with 401 where it is none of ours, with 410 where it has expired.
   */
  Grant open(String token) {
    var grant = read(token);
    if (grant.expiresAt().isBefore(Instant.now())) {
      throw FleetError.TOKEN_EXPIRED.of();
    }
    return grant;
  }

  /** The grant of a token, be it expired or not; refuses with 401 where it is none of ours. */
  Grant read(String token) {
    var dot = token.indexOf('.');
    if (dot < 1 || token.length() > LONGEST) {
      throw FleetError.TOKEN_INVALID.of();
    }
    var content = token.substring(0, dot);
    var expected = encoded(signature(content)).getBytes(StandardCharsets.US_ASCII);
    var given = token.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(expected, given)) {
      throw FleetError.TOKEN_INVALID.of();
    }
    return json.read(
        new String(Base64.getUrlDecoder().decode(content), StandardCharsets.UTF_8), Grant.class);
  }

  private byte[] signature(String content) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(content.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
