package dev.slipway.scripts.store;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import dev.slipway.scripts.Script;
import dev.slipway.scripts.ScriptVersion;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code scripts_script} and what only belongs to one script. */
public interface ScriptMapper extends TableMapper<Script> {
  Table TABLE =
      Table.of(
          "scripts_script",
          "id",
          "version",
          "tenant_id",
          "name",
          "hook",
          "active_version",
          "enabled",
          "filter",
          "timeout_ms",
          "owner_user_id",
          "owner_key_id",
          "receive_token",
          "receive_hash",
          "next_run_at",
          "last_status",
          "last_at",
          "created_by",
          "created_at",
          "updated_at");

  /** Newest first. */
  List<Script> list(
      @Param("hook") @Nullable String hook,
      @Param("enabled") @Nullable Boolean enabled,
      @Param("before") @Nullable UUID before,
      @Param("limit") int limit);

  long count();

  /** Makes whoever adds scripts of this tenant wait for each other. */
  int hold(@Param("tenantId") UUID tenantId);

  /** The tenant's enabled ones, in order of creation. */
  List<Script> enabled(@Param("tenantId") UUID tenantId);

  @Nullable Script byReceiver(@Param("hash") String hash);

  /** Enabled ones whose schedule is due; locked, those that others work on left out. */
  List<Script> due(@Param("now") Instant now, @Param("limit") int limit);

  int scheduled(@Param("id") UUID id, @Param("next") @Nullable Instant next);

  int ran(@Param("id") UUID id, @Param("status") String status, @Param("at") Instant at);

  @Nullable ScriptVersion version(@Param("scriptId") UUID scriptId, @Param("number") int number);

  /** Newest first. */
  List<ScriptVersion> versions(
      @Param("scriptId") UUID scriptId,
      @Param("before") @Nullable Integer before,
      @Param("limit") int limit);

  int latestVersion(@Param("scriptId") UUID scriptId);

  void insertVersion(ScriptVersion version);

  int trimVersions(@Param("scriptId") UUID scriptId, @Param("keep") int keep);

  List<String> secretNames(@Param("scriptId") UUID scriptId);

  @Nullable String secret(@Param("scriptId") UUID scriptId, @Param("name") String name);

  int putSecret(
      @Param("id") UUID id,
      @Param("tenantId") UUID tenantId,
      @Param("scriptId") UUID scriptId,
      @Param("name") String name,
      @Param("value") String value);

  int removeSecret(@Param("scriptId") UUID scriptId, @Param("name") String name);
}
