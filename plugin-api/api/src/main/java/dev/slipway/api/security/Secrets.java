package dev.slipway.api.security;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Encryption of secrets at rest: AES-256-GCM under a data key per tenant, itself wrapped by the
 * master key.
 */
@ProviderType
public interface Secrets {
  /**
   * Encrypts a value.
   *
   * @param tenantId whose data key; null for the platform's own
   * @param place where the value is stored, such as {@code apps_env_var/<id>/value}: the result
   *     opens there and nowhere else
   * @param value the secret
   * @return text to store, with the key's id in it
   */
  String seal(@Nullable UUID tenantId, String place, String value);

  /** Decrypts what {@link #seal} returned for the same tenant and place. */
  String open(@Nullable UUID tenantId, String place, String sealed);

  /**
   * Makes a value be masked by {@link #mask} from now on, also in its base64 and URL-encoded forms.
   * Short ones are not.
   */
  void protect(String value);

  /** The text with every protected value replaced by {@code ***}. */
  String mask(String text);
}
