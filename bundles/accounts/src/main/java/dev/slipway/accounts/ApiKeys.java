package dev.slipway.accounts;

import dev.slipway.api.Caller;
import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** API keys of the caller's tenant. Units of work are as in {@link Tenants}. */
@ProviderType
public interface ApiKeys {

  /**
   * A key and its raw form.
   *
   * @param raw shown this once; only its hash is kept
   */
  record Minted(ApiKey key, String raw) {
    @Override
    public String toString() {
      return "Minted[" + key.id() + "]";
    }
  }

  /**
   * Makes a key; one with admin authority belongs to the root tenant.
   *
   * @param name 1..100 characters without control characters, else 400 at {@code name}
   */
  Minted create(Caller caller, String name, ApiKey.Authority authority);

  /** The keys that work, the newest first, at most 1000. */
  List<ApiKey> list(Caller caller);

  /**
   * Withdraws a key for good; it fails from the next call on. Refuses with {@link
   * AccountsError#API_KEY_NOT_FOUND} where the tenant has no such key that works.
   */
  void revoke(Caller caller, UUID keyId);
}
