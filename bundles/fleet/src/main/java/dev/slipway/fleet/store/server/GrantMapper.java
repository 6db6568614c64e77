package dev.slipway.fleet.store.server;

import dev.slipway.fleet.ServerRight;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code fleet_grant}. */
public interface GrantMapper {
  List<GrantRow> onServer(UUID server);

  List<GrantRow> ofUser(UUID user);

  @Nullable ServerRight role(@Param("server") UUID server, @Param("user") UUID user);

  GrantRow put(GrantRow grant);

  int remove(@Param("server") UUID server, @Param("user") UUID user);
}
