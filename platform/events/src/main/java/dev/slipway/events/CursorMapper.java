package dev.slipway.events;

import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

interface CursorMapper {
  /** Makes a cursor at the current end where there is none. */
  void create(@Param("name") String name);

  Cursor.@Nullable State claim(
      @Param("name") String name, @Param("owner") UUID owner, @Param("seconds") double seconds);

  Cursor.State state(@Param("name") String name);

  /** Milliseconds until a claim may succeed. */
  @Nullable Long untilFree(@Param("name") String name, @Param("owner") UUID owner);

  int renew(
      @Param("name") String name, @Param("owner") UUID owner, @Param("seconds") double seconds);

  int advance(
      @Param("name") String name,
      @Param("owner") UUID owner,
      @Param("position") Position position,
      @Param("seconds") double seconds);

  int postpone(
      @Param("name") String name,
      @Param("owner") UUID owner,
      @Param("position") Position position,
      @Param("attempts") int attempts,
      @Param("millis") long millis,
      @Param("error") String error);

  int skip(
      @Param("name") String name, @Param("owner") UUID owner, @Param("position") Position position);

  int release(@Param("name") String name, @Param("owner") UUID owner);

  void fail(
      @Param("id") UUID id,
      @Param("listener") String listener,
      @Param("event") EventRow event,
      @Param("attempts") int attempts,
      @Param("error") String error);
}
