package dev.slipway.security.secret;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A data key ready for use.
 *
 * @param tenantId whose; null for the platform's own
 */
record DataKey(UUID id, @Nullable UUID tenantId, Aead aead) {
  static final int BYTES = 32;

  /** Opens a key as it stands in the database. */
  static DataKey unwrap(UUID id, @Nullable UUID tenantId, byte[] wrapped, MasterKey master)
      throws GeneralSecurityException {
    var bytes = master.aead().decrypt(wrapped, binding(id, tenantId));
    return new DataKey(id, tenantId, new AesGcmJce(bytes));
  }

  static byte[] wrap(UUID id, @Nullable UUID tenantId, byte[] key, MasterKey master)
      throws GeneralSecurityException {
    return master.aead().encrypt(key, binding(id, tenantId));
  }

  static byte[] rewrap(
      UUID id, @Nullable UUID tenantId, byte[] wrapped, MasterKey from, MasterKey to)
      throws GeneralSecurityException {
    return wrap(id, tenantId, from.aead().decrypt(wrapped, binding(id, tenantId)), to);
  }

  boolean belongsTo(@Nullable UUID tenant) {
    return Objects.equals(tenantId, tenant);
  }

  static String owner(@Nullable UUID tenantId) {
    return tenantId == null ? "platform" : tenantId.toString();
  }

  private static byte[] binding(UUID id, @Nullable UUID tenantId) {
    return ("data key|" + owner(tenantId) + "|" + id).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "DataKey[" + id + "]";
  }
}
