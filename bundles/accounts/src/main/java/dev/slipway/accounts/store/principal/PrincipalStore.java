package dev.slipway.accounts.store.principal;

import dev.slipway.accounts.ApiKey;
import dev.slipway.accounts.store.session.SessionMapper;
import dev.slipway.data.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Credentials as rows: who stands behind one, and the API keys themselves. */
@Component(service = PrincipalStore.class)
public final class PrincipalStore {
  private static final int MAX_LIST = 1000;

  private final PrincipalMapper principals;
  private final ApiKeyMapper apiKeys;
  private final SessionMapper sessions;

  @Activate
  public PrincipalStore(@Reference Database database) {
    principals = database.mapper(PrincipalMapper.class);
    apiKeys = database.mapper(ApiKeyMapper.class);
    sessions = database.mapper(SessionMapper.class);
  }

  public Optional<PrincipalRow> user(UUID userId, UUID sessionId, @Nullable UUID tenantId) {
    return Optional.ofNullable(principals.user(userId, sessionId, tenantId));
  }

  public Optional<PrincipalRow> apiKey(String hash) {
    return Optional.ofNullable(principals.apiKey(hash));
  }

  public Optional<PrincipalRow> member(UUID userId, UUID tenantId) {
    return Optional.ofNullable(principals.member(userId, tenantId));
  }

  public void insert(ApiKey key) {
    apiKeys.insert(key);
  }

  public List<ApiKey> activeKeys(UUID tenantId) {
    return apiKeys.active(tenantId, MAX_LIST);
  }

  /** Withdraws a key; empty where the tenant has no such key that works. */
  public Optional<ApiKey> revoke(UUID id, UUID tenantId) {
    return Optional.ofNullable(apiKeys.revoke(id, tenantId));
  }

  /** Notes that a login is in use, unless that was noted since then. */
  public void sessionUsed(UUID id, Instant now, Instant since) {
    sessions.used(id, now, since);
  }

  /** Notes that a key is in use, unless that was noted since then. */
  public void keyUsed(UUID id, Instant now, Instant since) {
    apiKeys.used(id, now, since);
  }
}
