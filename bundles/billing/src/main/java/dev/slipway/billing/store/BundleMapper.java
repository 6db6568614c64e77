package dev.slipway.billing.store;

import dev.slipway.billing.CreditBundle;
import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.util.List;
import org.apache.ibatis.annotations.Select;

/** Statements on {@code billing_bundle}. */
public interface BundleMapper extends TableMapper<CreditBundle> {
  Table TABLE =
      Table.of(
          "billing_bundle",
          "id",
          "version",
          "name",
          "credits",
          "price_cents",
          "is_active",
          "sort_order",
          "created_at",
          "updated_at");

  @Select("select * from billing_bundle order by sort_order, lower(name), id")
  List<CreditBundle> all();

  @Select("select * from billing_bundle where is_active order by sort_order, lower(name), id")
  List<CreditBundle> active();

  /** Keeps others from adding bundles until the unit of work ends, and counts them. */
  @Select(
      "select count(*)::int from billing_bundle, (select pg_advisory_xact_lock(hashtextextended('billing_bundle', 0))) held")
  int countHeld();
}
