package dev.slipway.billing.store;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/** Statements on {@code billing_checkout}. */
public interface CheckoutMapper extends TableMapper<Checkout> {
  Table TABLE =
      Table.of(
          "billing_checkout",
          "id",
          "tenant_id",
          "user_id",
          "plan_id",
          "plan_name",
          "bundle_id",
          "bundle_name",
          "credits",
          "billing_interval",
          "amount_cents",
          "currency",
          "price",
          "session_id",
          "url",
          "status",
          "created_at",
          "expires_at");

  @Select(
      "select * from billing_checkout where tenant_id = #{tenantId} and status = 'open' order by id")
  List<Checkout> open(@Param("tenantId") UUID tenantId);

  @Update(
      "update billing_checkout set session_id = #{session}, url = #{url} where id = #{id} and session_id is null")
  int opened(@Param("id") UUID id, @Param("session") String session, @Param("url") String url);

  @Update("update billing_checkout set status = #{status} where id = #{id} and status = 'open'")
  int end(@Param("id") UUID id, @Param("status") Checkout.Status status);

  @Select("select * from billing_checkout where session_id = #{session}")
  @Nullable Checkout bySession(@Param("session") String session);

  @Select(
      "select user_id from billing_checkout where tenant_id = #{tenantId} and plan_id = #{planId} order by id desc limit 1")
  @Nullable UUID buyer(@Param("tenantId") UUID tenantId, @Param("planId") UUID planId);

  @Delete(
      "delete from billing_checkout where ctid in (select ctid from billing_checkout where expires_at < #{before} limit #{limit})")
  int forget(@Param("before") Instant before, @Param("limit") int limit);
}
