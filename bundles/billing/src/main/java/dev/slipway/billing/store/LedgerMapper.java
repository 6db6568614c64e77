package dev.slipway.billing.store;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/** Statements on {@code billing_transaction}; of the standard ones only those that add or find. */
public interface LedgerMapper extends TableMapper<TransactionRow> {
  Table TABLE =
      Table.of(
          "billing_transaction",
          "id",
          "tenant_id",
          "user_id",
          "type",
          "description",
          "amount_cents",
          "subtotal_cents",
          "tax_amount_cents",
          "currency",
          "invoice_number",
          "plan_id",
          "plan_name",
          "bundle_id",
          "bundle_name",
          "billing_interval",
          "stripe_session_id",
          "stripe_invoice_id",
          "refund_of",
          "stripe_refund_id",
          "document",
          "created_at");

  long nextNumber();

  @Select(
      "select exists (select 1 from billing_transaction where stripe_session_id = #{session} or stripe_invoice_id = #{invoice})")
  boolean known(
      @Param("session") @Nullable String session, @Param("invoice") @Nullable String invoice);

  @Select(
      "select * from billing_transaction where stripe_session_id = #{session} or stripe_invoice_id = #{invoice}")
  @Nullable TransactionRow payment(
      @Param("session") @Nullable String session, @Param("invoice") @Nullable String invoice);

  @Select("select last from billing_invoice_number for update")
  long hold();

  @Select("select exists (select 1 from billing_transaction where stripe_refund_id = #{refund})")
  boolean refunded(@Param("refund") String refund);

  @Select(
      "select coalesce(-sum(amount_cents), 0)::bigint from billing_transaction where refund_of = #{id}")
  long givenBack(@Param("id") UUID id);

  List<TransactionRow> list(
      @Param("tenantId") @Nullable UUID tenantId,
      @Param("search") @Nullable String search,
      @Param("limit") int limit,
      @Param("offset") long offset);

  long count(@Param("tenantId") @Nullable UUID tenantId, @Param("search") @Nullable String search);
}
