package dev.slipway.fleet.store.placement;

import dev.slipway.fleet.Edges.Condition;
import dev.slipway.fleet.Edges.Passed;
import dev.slipway.fleet.Edges.Question;
import dev.slipway.fleet.Edges.Wear;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;

/** Statements on samples, by those who want to know how apps fare. */
public interface EdgeMapper {
  boolean dividesRequests(UUID server);

  List<Passed> passed(@Param("question") Question question, @Param("names") String[] names);

  Wear wear(
      @Param("server") UUID server,
      @Param("names") String[] names,
      @Param("from") Instant from,
      @Param("to") Instant to);

  List<Condition> conditions(@Param("server") UUID server, @Param("names") String[] names);
}
