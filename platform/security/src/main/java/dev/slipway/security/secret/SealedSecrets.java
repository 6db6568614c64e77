package dev.slipway.security.secret;

import dev.slipway.api.CommonError;
import dev.slipway.api.PlatformException;
import dev.slipway.api.security.Secrets;
import dev.slipway.security.mask.ProtectedValues;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sealed text is {@code s1.<data key id>.<base64url of nonce, ciphertext, tag>}, bound to tenant
 * and place.
 */
@Component
public final class SealedSecrets implements Secrets {
  private static final Logger LOG = LoggerFactory.getLogger(SealedSecrets.class);
  private static final String FORMAT = "s1";

  private final Function<@Nullable UUID, DataKey> forSealing;
  private final Function<UUID, Optional<DataKey>> byId;
  private final ProtectedValues values = new ProtectedValues();

  /** Made by the component runtime. */
  @Activate
  public SealedSecrets(@Reference DataKeys keys) {
    this(keys::forSealing, keys::find);
  }

  SealedSecrets(
      Function<@Nullable UUID, DataKey> forSealing, Function<UUID, Optional<DataKey>> byId) {
    this.forSealing = forSealing;
    this.byId = byId;
  }

  @Override
  public String seal(@Nullable UUID tenantId, String place, String value) {
    var key = forSealing.apply(tenantId);
    try {
      var bytes =
          key.aead().encrypt(value.getBytes(StandardCharsets.UTF_8), binding(tenantId, place));
      return FORMAT
          + "."
          + key.id()
          + "."
          + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("sealing failed", failure);
    }
  }

  @Override
  public String open(@Nullable UUID tenantId, String place, String sealed) {
    var parts = sealed.split("\\.", -1);
    if (parts.length != 3 || !parts[0].equals(FORMAT)) {
      throw refused(place, "it is not in the sealed form");
    }
    try {
      var key = byId.apply(UUID.fromString(parts[1]));
      if (key.isEmpty() || !key.get().belongsTo(tenantId)) {
        throw refused(place, "there is no such data key of that tenant");
      }
      var bytes = Base64.getUrlDecoder().decode(parts[2]);
      return new String(
          key.get().aead().decrypt(bytes, binding(tenantId, place)), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw refused(place, "it is not in the sealed form");
    } catch (GeneralSecurityException forged) {
      throw refused(place, "it was altered or belongs to another place");
    }
  }

  @Override
  public void protect(String value) {
    values.add(value);
  }

  @Override
  public String mask(String text) {
    return values.mask(text);
  }

  private static byte[] binding(@Nullable UUID tenantId, String place) {
    return (DataKey.owner(tenantId) + "|" + place).getBytes(StandardCharsets.UTF_8);
  }

  private static PlatformException refused(String place, String reason) {
    LOG.error("the secret at {} does not open: {}", place, reason);
    return CommonError.INTERNAL.of();
  }
}
