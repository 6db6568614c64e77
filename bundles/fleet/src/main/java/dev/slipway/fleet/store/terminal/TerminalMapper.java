package dev.slipway.fleet.store.terminal;

import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;

/** Statements on {@code fleet_terminal} and its pieces; for platform-wide units of work. */
public interface TerminalMapper {
  int open(
      @Param("id") UUID id,
      @Param("tenant") UUID tenantId,
      @Param("server") UUID serverId,
      @Param("node") UUID node);

  int close(UUID id);

  int count(UUID serverId);

  int join(@Param("id") UUID id, @Param("server") UUID serverId, @Param("node") UUID node);

  boolean joined(UUID id);

  boolean isOpen(UUID id);

  TerminalStore.Put put(
      @Param("id") UUID id,
      @Param("toAgent") boolean toAgent,
      @Param("number") long number,
      @Param("content") String content,
      @Param("most") int most);

  int taken(@Param("id") UUID id, @Param("toAgent") boolean toAgent, @Param("upTo") long upTo);

  List<TerminalStore.Piece> next(
      @Param("id") UUID id, @Param("toAgent") boolean toAgent, @Param("after") long after);
}
