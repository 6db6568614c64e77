package dev.slipway.events;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** Statements on {@code events_gone_tenant}, and on the tables of tenants. */
public interface GoneMapper {
  @Insert(
      "insert into events_gone_tenant (tenant_id, due_at) values (#{tenant}, #{due}) on conflict do nothing")
  int add(@Param("tenant") UUID tenant, @Param("due") Instant due);

  @Select("select tenant_id from events_gone_tenant where due_at <= #{now} order by due_at")
  List<UUID> due(@Param("now") Instant now);

  @Delete("delete from events_gone_tenant where tenant_id = #{tenant}")
  int done(@Param("tenant") UUID tenant);

  /**
   * The tables of tenants whose rows are to go, as names in SQL, quoted where they have to be;
   * those that refer to others before those.
   */
  List<String> tables();

  /** The name comes from {@link #tables} and from nowhere else. */
  @Delete("delete from ${table} where tenant_id = #{tenant}")
  int erase(@Param("table") String table, @Param("tenant") UUID tenant);
}
