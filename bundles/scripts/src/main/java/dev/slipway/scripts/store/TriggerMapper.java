package dev.slipway.scripts.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;

/** Statements on {@code scripts_trigger}. */
public interface TriggerMapper {
  int insert(Trigger trigger);

  int waiting(@Param("scriptId") UUID scriptId);

  List<Trigger> claim(
      @Param("lease") UUID lease,
      @Param("now") Instant now,
      @Param("until") Instant until,
      @Param("perTenant") int perTenant,
      @Param("limit") int limit);

  int delete(@Param("id") UUID id, @Param("lease") UUID lease);

  int postpone(@Param("id") UUID id, @Param("lease") UUID lease, @Param("due") Instant due);
}
