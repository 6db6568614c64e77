package dev.slipway.api.plugin;

import dev.slipway.api.Caller;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Whose plugins may run. A plugin that must not run any more because of a change here is stopped
 * and quarantined with its reason before the call returns, on other nodes soon after.
 *
 * @since 1.1
 */
@ProviderType
public interface PluginTrust {
  /** Whether the operator runs the platform with plugins that a trusted key has signed only. */
  boolean signedOnly();

  /** Keys that are trusted, and those that were revoked, oldest first. */
  List<Key> keys();

  /**
   * Trusts a key from now on; 400 where it is none, 409 where it is known, also as revoked.
   *
   * @param name for people, 1..100 characters
   * @param publicKey base64 of an Ed25519 public key in X.509 form
   */
  Key trust(Caller caller, String name, String publicKey);

  /** Forgets a key: its plugins are as those of a stranger. 404 if unknown, 409 if revoked. */
  void distrust(Caller caller, String keyId);

  /**
   * Revokes a key that was lost or misused: no plugin it has signed may run, whatever the mode. 404
   * if unknown.
   */
  Key revokeKey(Caller caller, String keyId, String reason);

  /** Files that must not run. */
  List<RevokedFile> revokedFiles();

  /** Revokes one file by its digest, whoever has signed it; 400 where it is no SHA-256. */
  RevokedFile revokeFile(Caller caller, String digest, String reason);

  /** Takes the revocation of a file back; it runs again once it is enabled. 404 if unknown. */
  void reinstateFile(Caller caller, String digest);

  /**
   * A key.
   *
   * @param id lower-case hex SHA-256 of the key's X.509 form
   * @param publicKey base64 of that form
   * @param revokedAt null where it is trusted
   */
  record Key(
      String id,
      String name,
      String publicKey,
      Instant addedAt,
      @Nullable Instant revokedAt,
      @Nullable String revokedFor) {}

  /**
   * A file that must not run.
   *
   * @param digest lower-case hex SHA-256 of the jar
   */
  record RevokedFile(String digest, String reason, Instant revokedAt) {}
}
