package dev.slipway.pluginhost;

import dev.slipway.api.Scope;
import dev.slipway.api.platform.Platform;
import dev.slipway.api.plugin.PluginInfo.Kind;
import dev.slipway.api.plugin.PluginInfo.Signature;
import dev.slipway.api.plugin.PluginTrust.Key;
import dev.slipway.api.plugin.PluginTrust.RevokedFile;
import dev.slipway.data.Database;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whose plugins may run: keys the operator trusts, keys and files that were revoked. */
@Component(service = Trust.class)
public final class Trust {
  private static final Scope SCOPE = Scope.platform("trusted keys belong to no tenant");

  private final Database database;
  private final TrustMapper mapper;
  private final boolean signedOnly;

  @Activate
  public Trust(@Reference Database database, @Reference Platform platform) {
    this.database = database;
    mapper = database.mapper(TrustMapper.class);
    signedOnly = "signed".equals(platform.setting("slipway.plugins"));
  }

  boolean signedOnly() {
    return signedOnly;
  }

  List<Key> keys() {
    return database.read(SCOPE, mapper::keys);
  }

  List<RevokedFile> files() {
    return database.read(SCOPE, mapper::files);
  }

  /** Changes keys or files in one unit of work; returns how many rows it were. */
  int change(ToIntFunction<TrustMapper> statement, Runnable further) {
    return database.write(
        SCOPE,
        () -> {
          further.run();
          return statement.applyAsInt(mapper);
        });
  }

  /** What the signature of a plugin is worth now. */
  static Signature signature(@Nullable String signedBy, List<Key> keys) {
    if (signedBy == null) {
      return new Signature("none", null);
    }
    return key(signedBy, keys)
        .filter(key -> key.revokedAt() == null)
        .map(key -> new Signature("valid", key.name()))
        .orElseGet(() -> new Signature("invalid", null));
  }

  /** Why a plugin must not run; null where it may. */
  @Nullable String objection(PluginRow row) {
    if (row.kind() == Kind.FEATURE) {
      return null;
    }
    var keys = keys();
    var revoked =
        files().stream()
            .filter(file -> file.digest().equals(row.digest()))
            .map(file -> "its file was revoked: " + file.reason())
            .findFirst()
            .or(() -> revocation(row.signedBy(), keys));
    if (revoked.isPresent()) {
      return revoked.get();
    }
    return signedOnly && !signature(row.signedBy(), keys).status().equals("valid")
        ? "only plugins signed by a trusted key may run here"
        : null;
  }

  private static Optional<String> revocation(@Nullable String signedBy, List<Key> keys) {
    return key(signedBy, keys)
        .filter(key -> key.revokedAt() != null)
        .map(key -> "the key " + key.name() + " was revoked: " + key.revokedFor());
  }

  private static Optional<Key> key(@Nullable String id, List<Key> keys) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst();
  }
}
