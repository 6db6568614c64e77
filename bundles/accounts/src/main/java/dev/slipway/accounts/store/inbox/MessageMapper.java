package dev.slipway.accounts.store.inbox;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;

/** Statements on {@code accounts_message}. */
public interface MessageMapper extends TableMapper<MessageRow> {
  Table TABLE =
      Table.of("accounts_message", "id", "user_id", "type", "title", "body", "read", "created_at");

  /** The newest first. */
  List<MessageRow> ofUser(@Param("userId") UUID userId, @Param("limit") int limit);

  int unread(@Param("userId") UUID userId);

  /** Flags a message of this user as read; 0 where there is none. */
  int read(@Param("id") UUID id, @Param("userId") UUID userId);
}
