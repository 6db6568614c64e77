package dev.slipway.scripts.store;

import dev.slipway.scripts.ScriptSettings;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code scripts_entry} and {@code scripts_setting}. */
public interface EntryMapper {
  @Nullable String value(@Param("scriptId") UUID scriptId, @Param("key") String key);

  List<String> keys(
      @Param("scriptId") UUID scriptId, @Param("prefix") String prefix, @Param("limit") int limit);

  int hold(@Param("scriptId") UUID scriptId);

  Size sizeWithout(@Param("scriptId") UUID scriptId, @Param("key") String key);

  int put(
      @Param("tenantId") UUID tenantId,
      @Param("scriptId") UUID scriptId,
      @Param("key") String key,
      @Param("value") String value,
      @Param("now") Instant now);

  int remove(@Param("scriptId") UUID scriptId, @Param("key") String key);

  @Nullable ScriptSettings settings(@Param("tenantId") UUID tenantId);

  int putSettings(
      @Param("tenantId") UUID tenantId,
      @Param("hosts") List<String> hosts,
      @Param("expected") int expected,
      @Param("now") Instant now);

  /** How much a script keeps. */
  record Size(long entries, long characters) {}
}
