package dev.slipway.accounts.service;

import dev.slipway.accounts.store.principal.PrincipalRow;
import dev.slipway.accounts.store.principal.PrincipalStore;
import dev.slipway.api.Membership;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.security.Principal;
import dev.slipway.api.spi.PrincipalSource;
import dev.slipway.data.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells the platform who stands behind a credential, by one statement each. */
@Component(service = PrincipalSource.class)
public final class Principals implements PrincipalSource {
  private static final Scope SCOPE = Scope.platform("a caller is known before the tenant is");

  private static final Duration USE = Duration.ofMinutes(5);

  private final Database db;
  private final PrincipalStore store;

  @Activate
  public Principals(@Reference Database db, @Reference PrincipalStore store) {
    this.db = db;
    this.store = store;
  }

  @Override
  public Optional<Principal> user(UUID userId, UUID sessionId, @Nullable UUID tenantId) {
    var found = db.read(SCOPE, () -> store.user(userId, sessionId, tenantId));
    found.ifPresent(row -> used(row, (now, since) -> store.sessionUsed(sessionId, now, since)));
    return found.map(row -> new Principal(row.id(), null, row.name(), seat(row)));
  }

  @Override
  public Optional<Principal> apiKey(String sha256, @Nullable UUID tenantId) {
    var found = db.read(SCOPE, () -> store.apiKey(sha256));
    found.ifPresent(row -> used(row, (now, since) -> store.keyUsed(row.id(), now, since)));
    return found.map(
        row -> new Principal(null, row.id(), row.name(), seat(row, tenantId), row.onBehalfOf()));
  }

  @Override
  public Optional<Principal> member(UUID userId, UUID tenantId) {
    return db.read(SCOPE, () -> store.member(userId, tenantId))
        .map(row -> new Principal(row.id(), null, row.name(), seat(row)));
  }

  /**
   * Seldom: the platform remembers callers, and only what is older than {@link #USE} is renewed.
   */
  private void used(PrincipalRow credential, BiConsumer<Instant, Instant> note) {
    var now = Times.now();
    var since = now.minus(USE);
    if (credential.lastUsedAt() == null || credential.lastUsedAt().isBefore(since)) {
      db.run(SCOPE, () -> note.accept(now, since));
    }
  }

  /** A key has a seat in its own tenant and in no other. */
  private static @Nullable Membership seat(PrincipalRow key, @Nullable UUID asked) {
    return asked == null || asked.equals(key.tenantId()) ? seat(key) : null;
  }

  private static @Nullable Membership seat(PrincipalRow row) {
    return row.tenantId() == null || row.role() == null
        ? null
        : new Membership(row.tenantId(), row.role(), Boolean.TRUE.equals(row.root()));
  }
}
