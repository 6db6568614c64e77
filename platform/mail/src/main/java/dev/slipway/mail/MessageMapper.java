package dev.slipway.mail;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;

/** Statements on {@code mail_message}. */
public interface MessageMapper extends TableMapper<MessageRow> {
  /** Its columns. */
  Table TABLE =
      Table.of(
          "mail_message",
          "id",
          "content",
          "status",
          "attempts",
          "due_at",
          "last_error",
          "created_at");

  /** Takes what is due, so that nobody else does before then. */
  List<MessageRow> take(
      @Param("now") Instant now, @Param("until") Instant until, @Param("limit") int limit);

  void postpone(@Param("id") UUID id, @Param("dueAt") Instant dueAt, @Param("error") String error);

  void giveUp(@Param("id") UUID id, @Param("error") String error);

  int deleteFailed(@Param("before") Instant before, @Param("limit") int limit);
}
