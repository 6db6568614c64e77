package dev.slipway.fleet.store.agent;

import java.time.Instant;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on the tables of credentials; for platform-wide units of work. */
public interface CredentialMapper {
  int addRefresh(CredentialStore.Refresh token);

  CredentialStore.@Nullable Refresh lockRefresh(String hash);

  int useRefresh(@Param("hash") String hash, @Param("now") Instant now);

  int dropChain(UUID chain);

  int dropRefresh(UUID server);

  int attempts(
      @Param("what") String what, @Param("subject") String subject, @Param("since") Instant since);

  int hold(@Param("key") String key);

  int attempt(
      @Param("what") String what, @Param("subject") String subject, @Param("now") Instant now);

  CredentialStore.@Nullable Owner byBootstrapKey(
      @Param("machine") String machine, @Param("hash") String hash);

  @Nullable Integer epoch(UUID server);

  CredentialStore.@Nullable Owner owner(UUID server);

  int useToken(@Param("id") UUID id, @Param("expires") Instant expires);

  boolean tokenUsed(UUID id);

  int purgeRefresh(Instant before);

  int purgeAttempts(Instant before);

  int purgeTokens(Instant before);
}
