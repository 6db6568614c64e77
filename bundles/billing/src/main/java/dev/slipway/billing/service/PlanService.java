package dev.slipway.billing.service;

import dev.slipway.api.CurrentOperation;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.billing.BillingError;
import dev.slipway.billing.Entitlement;
import dev.slipway.billing.Plan;
import dev.slipway.billing.store.PlanStore;
import dev.slipway.data.ConstraintViolation;
import dev.slipway.data.Database;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Plans for their operators. */
@Component(service = PlanService.class)
public final class PlanService {
  private static final Scope SCOPE = Scope.platform("plans are the same for all tenants");
  private static final int MOST = 200;

  private final Database database;
  private final PlanStore plans;

  /** Made by the component runtime. */
  @Activate
  public PlanService(@Reference Database database) {
    this.database = database;
    plans = new PlanStore(database);
  }

  /** Every plan with how many tenants have it. */
  public record Overview(List<Plan> plans, Map<UUID, Long> subscribers) {
    public Overview {
      plans = List.copyOf(plans);
      subscribers = Map.copyOf(subscribers);
    }
  }

  /** All plans. */
  public Overview list() {
    return database.read(SCOPE, () -> new Overview(plans.all(), plans.subscribers()));
  }

  /** One plan. */
  public Plan get(UUID id) {
    return database.read(SCOPE, () -> plans.find(id).orElseThrow(BillingError.PLAN_NOT_FOUND::of));
  }

  /** The keys that any plan speaks of, as the first plan in the list says it. */
  public Map<String, Entitlement> keys() {
    var keys = new TreeMap<String, Entitlement>();
    for (var plan : database.read(SCOPE, plans::all)) {
      plan.entitlements().forEach(keys::putIfAbsent);
    }
    return keys;
  }

  /** Adds a plan. */
  public Plan create(PlanDraft draft) {
    draft.check();
    return database.write(
        SCOPE,
        () -> {
          if (plans.countHeld() >= MOST) {
            throw BillingError.TOO_MANY_PLANS.of(MOST);
          }
          var plan = draft.asNew(Ids.next(), Times.now());
          CurrentOperation.detail("after", plan);
          return unique(() -> plans.insert(plan));
        });
  }

  /** Edits a plan; those who have it pay what they did until they choose anew. */
  public Plan update(UUID id, PlanDraft draft) {
    draft.check();
    return database.write(
        SCOPE,
        () -> {
          var plan = plans.lock(id).orElseThrow(BillingError.PLAN_NOT_FOUND::of);
          if (plan.isSystem() && !plan.name().equals(draft.name())) {
            throw BillingError.PLAN_IS_SYSTEM.at("name");
          }
          var edited = draft.over(plan, Times.now());
          CurrentOperation.detail("before", plan);
          CurrentOperation.detail("after", edited);
          return unique(() -> plans.update(edited));
        });
  }

  /** Removes a plan that no tenant has. */
  public void delete(UUID id) {
    database.run(
        SCOPE,
        () -> {
          var plan = plans.lock(id).orElseThrow(BillingError.PLAN_NOT_FOUND::of);
          if (plan.isSystem()) {
            throw BillingError.PLAN_IS_SYSTEM.of();
          }
          CurrentOperation.detail("before", plan);
          try {
            plans.delete(id);
          } catch (ConstraintViolation used) {
            throw used.kind() == ConstraintViolation.Kind.FOREIGN_KEY
                ? BillingError.PLAN_IN_USE.of()
                : used;
          }
        });
  }

  private static Plan unique(Supplier<Plan> write) {
    try {
      return write.get();
    } catch (ConstraintViolation violation) {
      throw violation.constraint().equals("billing_plan_name")
          ? BillingError.PLAN_NAME_TAKEN.at("name")
          : violation;
    }
  }
}
