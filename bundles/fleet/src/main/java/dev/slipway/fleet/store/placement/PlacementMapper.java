package dev.slipway.fleet.store.placement;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;

/** Statements on {@code fleet_pool} and {@code fleet_placement_rule}. */
public interface PlacementMapper extends TableMapper<PoolRow> {
  Table TABLE =
      Table.of(
          "fleet_pool",
          "id",
          "tenant_id",
          "name",
          "description",
          "label_selectors",
          "monthly_cost_cents",
          "currency",
          "created_at",
          "updated_at");

  List<PoolRow> pools();

  List<Count> counts();

  int countPools();

  List<RuleRow> rules(UUID app);

  int addRule(RuleRow rule);

  int removeRule(@Param("app") UUID app, @Param("rule") UUID rule);

  /** How many servers are in a pool. */
  record Count(UUID poolId, int servers) {}
}
