package dev.slipway.fleet.store.server;

import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;

/** Statements on {@code fleet_node} and on what nodes hold; for platform-wide units of work. */
public interface NodeMapper {
  int beat(UUID node);

  int leave(UUID node);

  List<StatusChange> lost(@Param("seconds") long seconds);

  List<NodeStore.Held> held(UUID node);

  List<UUID> resume(
      @Param("node") UUID node, @Param("servers") UUID[] servers, @Param("streams") UUID[] streams);
}
