package dev.slipway.http.limit;

import java.time.Instant;
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
      insert into http_idempotency (id, holder, operation, key, request_hash, created_at)
      values (#{id}, #{holder}, #{operation}, #{key}, #{requestHash}, #{createdAt})
      on conflict (holder, operation, key) do nothing
      """)
  int claim(Remembered request);

  /** What is known of a key. */
  @Select(
      """
      select id, holder, operation, key, request_hash, status, media_type, sealed_body, created_at
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

  /** Drops what is older, at most 1,000 rows. */
  @Delete(
      """
      delete from http_idempotency where id in (
        select id from http_idempotency where created_at < #{before} limit 1000)
      """)
  int expire(Instant before);
}
