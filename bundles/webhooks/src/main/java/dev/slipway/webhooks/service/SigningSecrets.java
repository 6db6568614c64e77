package dev.slipway.webhooks.service;

import dev.slipway.api.security.Secrets;
import dev.slipway.webhooks.Endpoint;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The secrets that deliveries are signed with; they are sealed wherever they are kept. */
@Component(service = SigningSecrets.class)
public final class SigningSecrets {
  static final String PREFIX = "whsec_";

  /** A multiple of three, so that the text ends without padding. */
  private static final int BYTES = 30;

  private static final int PREVIEW = 8;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Secrets secrets;

  @Activate
  public SigningSecrets(@Reference Secrets secrets) {
    this.secrets = secrets;
  }

  /** A new secret: {@code whsec_} and base64. */
  String create() {
    var bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return PREFIX + Base64.getEncoder().encodeToString(bytes);
  }

  /** What may be shown of it at any time. */
  public static String preview(String secret) {
    return secret.substring(secret.length() - PREVIEW);
  }

  String seal(UUID tenantId, UUID endpointId, String secret) {
    return secrets.seal(tenantId, place(endpointId), secret);
  }

  /** The secret that holds now. */
  String open(Endpoint endpoint) {
    return secrets.open(endpoint.tenantId(), place(endpoint.id()), endpoint.secret());
  }

  /** The secrets to sign with, the newest first. */
  List<String> valid(Endpoint endpoint, Instant now) {
    var previous = endpoint.previousSecret();
    var until = endpoint.previousUntil();
    return previous == null || until == null || !now.isBefore(until)
        ? List.of(open(endpoint))
        : List.of(
            open(endpoint), secrets.open(endpoint.tenantId(), place(endpoint.id()), previous));
  }

  private static String place(UUID endpointId) {
    return "webhooks_endpoint/" + endpointId + "/secret";
  }
}
