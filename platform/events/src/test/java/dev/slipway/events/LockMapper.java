package dev.slipway.events;

import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Update;

interface LockMapper {
  @Update("select pg_advisory_xact_lock(#{key})")
  void lock(@Param("key") long key);
}
