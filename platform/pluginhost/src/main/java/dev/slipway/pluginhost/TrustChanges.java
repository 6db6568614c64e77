package dev.slipway.pluginhost;

import dev.slipway.api.Caller;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.event.Signals;
import dev.slipway.api.event.Signals.Subscription;
import dev.slipway.api.plugin.PluginTrust;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Changes what is trusted; whatever may no longer run is stopped on every node. */
@Component(service = PluginTrust.class, immediate = true)
public final class TrustChanges implements PluginTrust {
  private static final String TOPIC = "plugin-trust";
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private final Trust trust;
  private final PluginHost host;
  private final Signals signals;
  private final Subscription changed;

  @Activate
  public TrustChanges(
      @Reference Trust trust, @Reference PluginHost host, @Reference Signals signals) {
    this.trust = trust;
    this.host = host;
    this.signals = signals;
    changed = signals.on(TOPIC, host::expel);
  }

  @Deactivate
  void close() {
    changed.close();
  }

  @Override
  public boolean signedOnly() {
    return trust.signedOnly();
  }

  @Override
  public List<Key> keys() {
    return trust.keys();
  }

  @Override
  public Key trust(Caller caller, String name, String publicKey) {
    var key = new Key(keyId(publicKey), name, publicKey, now(), null, null);
    CurrentOperation.detail("after", key.id());
    if (change(mapper -> mapper.add(key)) == 0) {
      throw PluginError.KEY_KNOWN.of(key.id());
    }
    return key;
  }

  private static String keyId(String publicKey) {
    try {
      return JarSignature.id(JarSignature.key(publicKey));
    } catch (IllegalArgumentException malformed) {
      throw PluginError.KEY_MALFORMED.at("public_key");
    }
  }

  @Override
  public void distrust(Caller caller, String keyId) {
    CurrentOperation.detail("before", keyId);
    if (change(mapper -> mapper.remove(keyId)) == 0) {
      // Forgotten, it could be trusted again.
      var known = trust.keys().stream().anyMatch(key -> key.id().equals(keyId));
      throw (known ? PluginError.KEY_REVOKED : PluginError.KEY_NOT_FOUND).of(keyId);
    }
  }

  @Override
  public Key revokeKey(Caller caller, String keyId, String reason) {
    CurrentOperation.detail("after", reason);
    change(mapper -> mapper.revoke(keyId, reason, now()));
    return trust.keys().stream()
        .filter(key -> key.id().equals(keyId))
        .findFirst()
        .orElseThrow(() -> PluginError.KEY_NOT_FOUND.of(keyId));
  }

  @Override
  public List<RevokedFile> revokedFiles() {
    return trust.files();
  }

  @Override
  public RevokedFile revokeFile(Caller caller, String digest, String reason) {
    var file = new RevokedFile(digest.toLowerCase(Locale.ROOT), reason, now());
    if (!SHA256.matcher(file.digest()).matches()) {
      throw PluginError.DIGEST_MALFORMED.at("digest");
    }
    CurrentOperation.detail("after", file.digest());
    change(mapper -> mapper.addFile(file));
    return file;
  }

  @Override
  public void reinstateFile(Caller caller, String digest) {
    CurrentOperation.detail("before", digest);
    if (change(mapper -> mapper.removeFile(digest)) == 0) {
      throw PluginError.FILE_NOT_REVOKED.of(digest);
    }
  }

  private int change(ToIntFunction<TrustMapper> statement) {
    var rows = trust.change(statement, () -> signals.raise(TOPIC));
    // Here it is over when the caller has the answer; on other nodes soon.
    host.expel();
    return rows;
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
