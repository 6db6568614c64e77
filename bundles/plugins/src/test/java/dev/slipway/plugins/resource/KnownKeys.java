package dev.slipway.plugins.resource;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.plugin.PluginTrust;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Keys and revoked files without a plugin that they are about. */
final class KnownKeys implements PluginTrust {
  private final Map<String, Key> keys = new ConcurrentSkipListMap<>();
  private final Map<String, RevokedFile> files = new ConcurrentSkipListMap<>();

  @Override
  public boolean signedOnly() {
    return false;
  }

  @Override
  public List<Key> keys() {
    return List.copyOf(keys.values());
  }

  @Override
  public Key trust(Caller caller, String name, String publicKey) {
    var key = new Key(publicKey, name, publicKey, Instant.EPOCH, null, null);
    keys.put(key.id(), key);
    return key;
  }

  @Override
  public void distrust(Caller caller, String keyId) {
    known(keys.remove(keyId));
  }

  @Override
  public Key revokeKey(Caller caller, String keyId, String reason) {
    var key = known(keys.get(keyId));
    return new Key(keyId, key.name(), key.publicKey(), key.addedAt(), Instant.EPOCH, reason);
  }

  @Override
  public List<RevokedFile> revokedFiles() {
    return List.copyOf(files.values());
  }

  @Override
  public RevokedFile revokeFile(Caller caller, String digest, String reason) {
    var file = new RevokedFile(digest, reason, Instant.EPOCH);
    files.put(digest, file);
    return file;
  }

  @Override
  public void reinstateFile(Caller caller, String digest) {
    known(files.remove(digest));
  }

  private static <T> T known(T found) {
    if (found == null) {
      throw CommonError.NOT_FOUND.of("entry");
    }
    return found;
  }
}
