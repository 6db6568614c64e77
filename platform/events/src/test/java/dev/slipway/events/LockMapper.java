package dev.slipway.events;

import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

interface LockMapper {
  @Update("select pg_advisory_xact_lock(#{key})")
  void lock(@Param("key") long key);

  /** Gives the transaction its id, as its first write would. */
  @Select("select cast(cast(pg_current_xact_id() as text) as bigint)")
  long draw();
}
