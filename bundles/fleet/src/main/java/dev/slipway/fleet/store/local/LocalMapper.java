package dev.slipway.fleet.store.local;

import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/**
 * Statements on {@code fleet_root}, {@code fleet_local}, {@code fleet_signing_key} and {@code
 * fleet_update_key}; for platform-wide units of work.
 */
public interface LocalMapper {
  @Nullable UUID root();

  int setRoot(UUID tenantId);

  LocalStore.@Nullable Local local(UUID node);

  int setLocal(
      @Param("node") UUID node, @Param("tenantId") UUID tenantId, @Param("serverId") UUID serverId);

  int addUpdateKey(LocalStore.UpdateKeys keys);

  LocalStore.UpdateKeys updateKey();

  int addSigningKey(String sealed);

  String signingKey();
}
