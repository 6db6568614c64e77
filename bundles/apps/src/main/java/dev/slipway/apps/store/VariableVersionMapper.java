package dev.slipway.apps.store;

import dev.slipway.apps.VariableVersion;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code apps_env_var_version}. */
public interface VariableVersionMapper {
  void record(@Param("ids") UUID[] envVarIds, @Param("by") VersionMaker by);

  void trim(@Param("ids") UUID[] envVarIds, @Param("keep") int keep);

  List<VariableVersion> ofVariable(@Param("envVarId") UUID envVarId);

  @Nullable VariableVersion find(@Param("envVarId") UUID envVarId, @Param("id") UUID id);

  void hide(@Param("id") UUID id, @Param("sealed") String sealed);

  void revoke(
      @Param("envVarId") UUID envVarId, @Param("number") int number, @Param("at") Instant at);

  List<UUID> revoked(@Param("ids") UUID[] envVarIds);
}
