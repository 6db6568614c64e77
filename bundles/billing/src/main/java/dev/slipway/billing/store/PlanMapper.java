package dev.slipway.billing.store;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.util.List;
import org.apache.ibatis.annotations.Select;

/** Statements on {@code billing_plan}. */
public interface PlanMapper extends TableMapper<PlanRow> {
  Table TABLE =
      Table.of(
          "billing_plan",
          "id",
          "version",
          "name",
          "description",
          "monthly_price_cents",
          "annual_discount_pct",
          "usage_credits_per_month",
          "credit_reset_policy",
          "bonus_credits",
          "user_limit",
          "entitlements",
          "is_system",
          "created_at",
          "updated_at");

  @Select("select * from billing_plan order by monthly_price_cents, lower(name), id")
  List<PlanRow> all();

  @Select("select id, name from billing_plan")
  List<Name> names();

  @Select(
      "select plan_id, count(*) as tenants from billing_account where plan_id is not null group by plan_id")
  List<Subscribers> subscribers();

  /** Keeps others from adding plans until the unit of work ends, and counts them. */
  @Select(
      "select count(*)::int from billing_plan, (select pg_advisory_xact_lock(hashtextextended('billing_plan', 0))) held")
  int countHeld();

  /** A plan's name. */
  record Name(java.util.UUID id, String name) {}

  /** How many tenants have a plan. */
  record Subscribers(java.util.UUID planId, long tenants) {}
}
