package dev.slipway.billing.store;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/**
 * Statements on {@code billing_account}, {@code billing_credit_movement}, {@code billing_leaving}.
 */
public interface AccountMapper extends TableMapper<Account> {
  Table TABLE =
      Table.of(
          "billing_account",
          "id",
          "version",
          "tenant_id",
          "plan_id",
          "billing_waived",
          "subscription_credits",
          "purchased_credits",
          "stripe_customer_id",
          "stripe_subscription_id",
          "subscription_read_at",
          "billing_status",
          "billing_interval",
          "current_period_end",
          "canceled_at",
          "credit_anchor",
          "credit_cycle",
          "cycle_credits",
          "next_credit_at",
          "created_at",
          "updated_at");

  int insertIfAbsent(Account account);

  @Select("select * from billing_account where stripe_customer_id = #{customer} for update")
  @Nullable Account lockByCustomer(@Param("customer") String customer);

  @Select("select clock_timestamp()")
  Instant now();

  int move(
      @Param("id") UUID id,
      @Param("tenantId") UUID tenantId,
      @Param("pool") CreditPool pool,
      @Param("amount") long amount,
      @Param("balance") long balance,
      @Param("reference") String reference,
      @Param("at") Instant at);

  @Select(
      "select amount from billing_credit_movement where tenant_id = #{tenantId} and reference = #{reference}")
  @Nullable Long moved(@Param("tenantId") UUID tenantId, @Param("reference") String reference);

  @Insert(
      "insert into billing_leaving (tenant_id, since) values (#{tenantId}, #{at}) on conflict do nothing")
  int leave(@Param("tenantId") UUID tenantId, @Param("at") Instant at);

  @Select("select tenant_id from billing_leaving order by since limit #{limit}")
  List<UUID> leaving(@Param("limit") int limit);

  @Delete("delete from billing_leaving where tenant_id = #{tenantId}")
  int left(@Param("tenantId") UUID tenantId);

  List<Account> dueForCredits(@Param("now") Instant now, @Param("limit") int limit);

  /** Ends the recurring revenue that is open, and returns how many there were. */
  int endRecurring(@Param("tenantId") UUID tenantId, @Param("at") Instant at);

  int startRecurring(
      @Param("id") UUID id,
      @Param("tenantId") UUID tenantId,
      @Param("planId") UUID planId,
      @Param("annualCents") long annualCents,
      @Param("at") Instant at);
}
