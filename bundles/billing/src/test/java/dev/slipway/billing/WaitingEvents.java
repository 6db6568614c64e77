package dev.slipway.billing;

import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Statements of the tests alone. */
public interface WaitingEvents {
  @Select("select count(*) from billing_stripe_event where due_at is not null")
  long count();

  @Update(
      "update billing_stripe_event set attempts = attempts + #{more}, due_at = now()"
          + " where due_at is not null")
  int tryLater(@Param("more") int more);

  @Select(
      "select string_agg(right(invoice_number, -4), ',' order by invoice_number) from billing_transaction where currency = #{currency}")
  String numbers(@Param("currency") String currency);

  @Update(
      "update billing_checkout set expires_at = now() + interval '20 minutes'"
          + " where tenant_id = #{tenant} and session_id is null and status = 'open'")
  int ageWithoutSession(@Param("tenant") java.util.UUID tenant);

  @Update("update billing_transaction set amount_cents = 0")
  int falsify();

  @Delete("delete from billing_transaction")
  int shred();

  @Delete("delete from billing_credit_movement")
  int shredMovements();

  @Insert("insert into billing_user_activity (day, user_id) values (#{day}, #{user})")
  int seen(@Param("day") java.time.LocalDate day, @Param("user") java.util.UUID user);
}
