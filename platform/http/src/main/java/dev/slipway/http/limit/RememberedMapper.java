package dev.slipway.http.limit;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/** Statements on {@code http_idempotency}. */
public interface RememberedMapper {
  /** Claims a key; 0 where it is taken. */
  @Insert(
      """
      insert into http_idempotency (id, holder, operation, key, request_hash, created_at, alive_at)
      values (#{id}, #{holder}, #{operation}, #{key}, #{requestHash}, #{createdAt}, #{aliveAt})
      on conflict (holder, operation, key) do nothing
      """)
  int claim(Remembered request);

  /** What is known of a key. */
  @Select(
      """
      select id, holder, operation, key, request_hash, status, media_type, sealed_body, created_at,
        alive_at
      from http_idempotency where holder = #{holder} and operation = #{operation} and key = #{key}
      """)
  @Nullable Remembered find(
      @Param("holder") String holder,
      @Param("operation") String operation,
      @Param("key") String key);

  /** Keeps the answer. */
  @Update(
      """
      update http_idempotency
      set status = #{status}, media_type = #{mediaType}, sealed_body = #{sealedBody}
      where id = #{id}
      """)
  int answered(
      @Param("id") UUID id,
      @Param("status") int status,
      @Param("mediaType") @Nullable String mediaType,
      @Param("sealedBody") @Nullable String sealedBody);

  /** Gives a key back. */
  @Delete("delete from http_idempotency where id = #{id}")
  int release(UUID id);

  /** Says that these are still worked on. */
  @Update(
      """
      <script>
      update http_idempotency set alive_at = #{now} where status is null and id in
      <foreach collection="ids" item="id" open="(" separator="," close=")">#{id}</foreach>
      </script>
      """)
  int renew(@Param("ids") List<UUID> ids, @Param("now") Instant now);

  /** Gives a key back that nobody has renewed since. */
  @Delete(
      """
      delete from http_idempotency
      where id = #{id} and status is null and alive_at < #{before}
      """)
  int abandon(@Param("id") UUID id, @Param("before") Instant before);

  /** Drops what is older, at most 1,000 rows. */
  @Delete(
      """
      delete from http_idempotency where id in (
        select id from http_idempotency where created_at < #{before} limit 1000)
      """)
  int expire(Instant before);
}
