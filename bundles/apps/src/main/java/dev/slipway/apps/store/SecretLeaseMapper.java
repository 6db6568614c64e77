package dev.slipway.apps.store;

import dev.slipway.apps.SecretLease;
import dev.slipway.apps.SecretLeases.Holder;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code apps_secret_lease}. */
public interface SecretLeaseMapper {
  void take(
      @Param("ids") UUID[] variables, @Param("holder") Holder holder, @Param("now") Instant now);

  List<SecretLease> ofVariable(@Param("envVarId") UUID envVarId, @Param("limit") int limit);

  @Nullable SecretLease lock(@Param("id") UUID id);

  void revoke(
      @Param("envVarId") UUID envVarId, @Param("number") int number, @Param("at") Instant at);

  void replaced(
      @Param("appId") UUID appId,
      @Param("environmentId") @Nullable UUID environmentId,
      @Param("by") UUID deploymentId,
      @Param("at") Instant at);

  void endOfEnvironment(@Param("environmentId") UUID environmentId, @Param("at") Instant at);

  void endOfApp(@Param("appId") UUID appId, @Param("at") Instant at);

  void purge(@Param("before") Instant before);

  List<UUID> appsWith(@Param("envVarId") UUID envVarId);

  List<BehindRow> behind(@Param("after") UUID after, @Param("limit") int limit);

  List<SealedValue> inUse(@Param("after") UUID after, @Param("limit") int limit);

  List<SealedValue> takenSince(@Param("since") Instant since, @Param("limit") int limit);
}
