package dev.slipway.billing.store;

import dev.slipway.billing.Plan;
import dev.slipway.data.Database;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The plans. */
public final class PlanStore {
  private final PlanMapper plans;

  public PlanStore(Database database) {
    plans = database.mapper(PlanMapper.class);
  }

  /** Every plan, the cheapest first. */
  public List<Plan> all() {
    return plans.all().stream().map(PlanRow::toPlan).toList();
  }

  /** How many tenants have each plan; plans that none has are left out. */
  public Map<UUID, Long> subscribers() {
    return plans.subscribers().stream()
        .collect(Collectors.toMap(PlanMapper.Subscribers::planId, PlanMapper.Subscribers::tenants));
  }

  /** Their names by id. */
  public Map<UUID, String> names() {
    return plans.names().stream()
        .collect(Collectors.toMap(PlanMapper.Name::id, PlanMapper.Name::name));
  }

  /** How many plans there are; none is added until the unit of work ends. */
  public int countHeld() {
    return plans.countHeld();
  }

  public Optional<Plan> find(UUID id) {
    return Optional.ofNullable(plans.find(id)).map(PlanRow::toPlan);
  }

  /** The plan, which nobody else can change until the unit of work ends. */
  public Optional<Plan> lock(UUID id) {
    return Optional.ofNullable(plans.lock(id)).map(PlanRow::toPlan);
  }

  public Plan insert(Plan plan) {
    plans.insert(PlanRow.of(plan));
    return plan;
  }

  /** Writes a plan that was locked in this unit of work, and returns it with its new version. */
  public Plan update(Plan plan) {
    if (plans.update(PlanRow.of(plan)) != 1) {
      throw new IllegalStateException("plan " + plan.id() + " was written without being locked");
    }
    return plans.find(plan.id()).toPlan();
  }

  public void delete(UUID id) {
    plans.delete(id);
  }
}
